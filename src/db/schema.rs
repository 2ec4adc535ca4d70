// The tables as Diesel sees them; a test keeps this file equal to the database.

diesel::table! {
    absences (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        starts_on -> Date,
        ends_on -> Date,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    accounts (id) {
        id -> Uuid,
        number -> Int8,
        name -> Text,
        default_country -> Text,
        time_zone -> Text,
        created_at -> Timestamptz,
        contact_hours -> Nullable<Jsonb>,
        duplicates_by_form -> Text,
        duplicates_by_api -> Text,
        duplicates_by_file -> Text,
        roles_that_need_codes -> Array<Text>,
        leads_reps_see -> Text,
    }
}

diesel::table! {
    activities (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        lead_id -> Uuid,
        kind -> Text,
        author_id -> Nullable<Uuid>,
        author -> Text,
        body -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    api_key_hashes (hash) {
        hash -> Bytea,
        account_id -> Uuid,
        api_key_id -> Uuid,
    }
}

diesel::table! {
    api_keys (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        name -> Text,
        hint -> Text,
        scopes -> Array<Text>,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        expires_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
        person_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    attempts (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        lead_id -> Uuid,
        run_id -> Uuid,
        channel -> Text,
        state -> Text,
        recipient -> Nullable<Text>,
        subject -> Nullable<Text>,
        body -> Nullable<Text>,
        html -> Nullable<Text>,
        outcome -> Nullable<Text>,
        note -> Nullable<Text>,
        duration_seconds -> Nullable<Int4>,
        recording_url -> Nullable<Text>,
        external_id -> Nullable<Text>,
        reference -> Nullable<Text>,
        author -> Text,
        why -> Nullable<Text>,
        before -> Nullable<Jsonb>,
        failures -> Int4,
        wake_at -> Nullable<Timestamptz>,
        occurred_at -> Timestamptz,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    audit_entries (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        number -> Int8,
        event -> Text,
        subject -> Text,
        subject_id -> Uuid,
        actor -> Text,
        actor_id -> Nullable<Uuid>,
        api_key -> Nullable<Text>,
        data -> Jsonb,
        request_method -> Nullable<Text>,
        request_path -> Nullable<Text>,
        request_headers -> Nullable<Jsonb>,
        request_ip -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    audit_seals (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        position -> Int8,
        entry_ids -> Array<Uuid>,
        digests -> Bytea,
        hash -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    audit_unsealed (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        entry_ids -> Array<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    calling_numbers (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        phone_number -> Text,
        kind -> Text,
        is_active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    campaigns (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        name -> Text,
        description -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    connectors (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        channel -> Text,
        kind -> Text,
        settings -> Jsonb,
        secret -> Nullable<Bytea>,
        failure -> Nullable<Text>,
        failed_at -> Nullable<Timestamptz>,
        tested_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    destinations (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        country -> Text,
        prefix -> Nullable<Text>,
        is_enabled -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    do_not_contact_entries (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        value -> Text,
        reason -> Text,
        source -> Text,
        author -> Text,
        created_at -> Timestamptz,
        look_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    identities (email) {
        email -> Text,
        account_id -> Uuid,
        user_id -> Uuid,
        password_hash -> Nullable<Text>,
    }
}

diesel::table! {
    import_fixes (account_id, import_id, row_number) {
        account_id -> Uuid,
        import_id -> Uuid,
        row_number -> Int4,
        is_left_out -> Bool,
        cells -> Jsonb,
    }
}

diesel::table! {
    import_rows (account_id, import_id, row_number) {
        account_id -> Uuid,
        import_id -> Uuid,
        row_number -> Int4,
        verdict -> Text,
        code -> Nullable<Text>,
        value -> Nullable<Text>,
        lead_id -> Nullable<Uuid>,
        field -> Nullable<Text>,
        reason -> Nullable<Text>,
        run_id -> Nullable<Uuid>,
        revision -> Nullable<Int4>,
        changes -> Nullable<Jsonb>,
        undone -> Nullable<Text>,
    }
}

diesel::table! {
    imports (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        number -> Int8,
        file_name -> Text,
        mode -> Text,
        workflow_id -> Nullable<Uuid>,
        workflow_name -> Nullable<Text>,
        author -> Text,
        rows_read -> Int4,
        created -> Int4,
        updated -> Int4,
        skipped -> Int4,
        failed -> Int4,
        created_at -> Timestamptz,
        state -> Text,
        actor_id -> Nullable<Uuid>,
        upload_id -> Nullable<Uuid>,
        choices -> Jsonb,
        header -> Array<Text>,
        plan -> Nullable<Jsonb>,
        file_rows -> Nullable<Int4>,
        last_row -> Int4,
        runs_begun -> Int4,
        trouble -> Nullable<Text>,
        lease_id -> Nullable<Uuid>,
        lease_ends_at -> Nullable<Timestamptz>,
        changed_at -> Timestamptz,
        started_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        removed -> Int4,
        restored -> Int4,
        left_alone -> Int4,
    }
}

diesel::table! {
    instance (id) {
        id -> Int2,
        secret -> Bytea,
    }
}

diesel::table! {
    invitations (token_hash) {
        token_hash -> Bytea,
        account_id -> Uuid,
        user_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    lead_fields (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        key -> Text,
        label -> Text,
        kind -> Text,
        choices -> Array<Text>,
        position -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    lead_sources (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        number -> Int8,
        team_id -> Nullable<Uuid>,
        name -> Text,
        active -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    leads (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        number -> Int8,
        first_name -> Text,
        last_name -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        phone_e164 -> Nullable<Text>,
        company -> Nullable<Text>,
        title -> Nullable<Text>,
        source -> Text,
        external_id -> Nullable<Text>,
        campaign_id -> Nullable<Uuid>,
        owner_id -> Nullable<Uuid>,
        team_id -> Nullable<Uuid>,
        lead_source_id -> Nullable<Uuid>,
        workflow_id -> Nullable<Uuid>,
        status_key -> Nullable<Text>,
        tags -> Array<Text>,
        metadata -> Jsonb,
        search_text -> Text,
        sort_name -> Text,
        last_contacted_at -> Nullable<Timestamptz>,
        next_action_at -> Nullable<Timestamptz>,
        archived_at -> Nullable<Timestamptz>,
        revision -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        created_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    recovery_codes (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        code_hash -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    rotation_members (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        rotation_id -> Uuid,
        user_id -> Uuid,
        position -> Int4,
        weight -> Int4,
        daily_cap -> Nullable<Int4>,
        pass -> Int8,
        given -> Int4,
        given_on -> Nullable<Date>,
        open_leads -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    rotations (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        number -> Int8,
        name -> Text,
        team_id -> Nullable<Uuid>,
        strategy -> Text,
        status -> Text,
        fallback_id -> Nullable<Uuid>,
        clock -> Int8,
        counted_at -> Nullable<Timestamptz>,
        unserved -> Int8,
        unserved_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        key_hash -> Bytea,
        account_id -> Uuid,
        user_id -> Uuid,
        state -> Jsonb,
        ip -> Text,
        user_agent -> Text,
        created_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_throttles (subject) {
        subject -> Text,
        attempts -> Int4,
        since -> Timestamptz,
    }
}

diesel::table! {
    team_members (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        team_id -> Uuid,
        user_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    teams (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        number -> Int8,
        name -> Text,
        active -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    two_factor_secrets (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        sealed_secret -> Bytea,
        created_at -> Timestamptz,
        turned_on_at -> Nullable<Timestamptz>,
        last_step -> Nullable<Int8>,
    }
}

diesel::table! {
    users (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        name -> Text,
        email -> Text,
        role -> Text,
        avatar_url -> Nullable<Text>,
        deactivated_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        working_hours -> Nullable<Jsonb>,
        time_zone -> Nullable<Text>,
    }
}

diesel::table! {
    workflow_edges (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        workflow_id -> Uuid,
        from_node_id -> Uuid,
        to_node_id -> Uuid,
        label -> Nullable<Text>,
        position -> Int4,
    }
}

diesel::table! {
    workflow_nodes (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        workflow_id -> Uuid,
        node_type -> Text,
        label -> Text,
        position_x -> Float8,
        position_y -> Float8,
        config -> Jsonb,
        step_number -> Nullable<Int4>,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    workflow_run_steps (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        run_id -> Uuid,
        workflow_id -> Uuid,
        node_id -> Uuid,
        attempt -> Int4,
        due_at -> Nullable<Timestamptz>,
        outcome -> Nullable<Text>,
        entered_at -> Timestamptz,
        exited_at -> Nullable<Timestamptz>,
        state -> Text,
        node_type -> Text,
        label -> Text,
        step_number -> Nullable<Int4>,
        max_attempts -> Int4,
        wake_at -> Nullable<Timestamptz>,
        held_at -> Nullable<Timestamptz>,
        why -> Nullable<Text>,
        rank -> Int2,
        owner_id -> Nullable<Uuid>,
        claimed_by_id -> Nullable<Uuid>,
        claim_ends_at -> Nullable<Timestamptz>,
        number -> Int4,
        ready_at -> Nullable<Timestamptz>,
        hours_revision -> Nullable<Int4>,
    }
}

diesel::table! {
    workflow_runs (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        lead_id -> Uuid,
        workflow_id -> Uuid,
        status -> Text,
        status_key -> Text,
        current_node_id -> Nullable<Uuid>,
        first_message -> Nullable<Text>,
        enrolled_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        version_id -> Nullable<Uuid>,
        step_count -> Int4,
        last_outcome -> Nullable<Text>,
        why -> Nullable<Text>,
        paused_at -> Nullable<Timestamptz>,
        failed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    workflow_statuses (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        workflow_id -> Uuid,
        key -> Text,
        label -> Text,
        color -> Text,
        category -> Text,
        is_terminal -> Bool,
        position -> Int4,
    }
}

diesel::table! {
    workflow_versions (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        workflow_id -> Uuid,
        number -> Int4,
        graph -> Jsonb,
        step_count -> Int4,
        moves -> Text,
        author -> Text,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    workflows (account_id, id) {
        account_id -> Uuid,
        id -> Uuid,
        name -> Text,
        description -> Nullable<Text>,
        status -> Text,
        goal_type -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        step_count -> Int4,
        version_id -> Nullable<Uuid>,
        is_edited -> Bool,
        priority -> Text,
        contact_hours -> Nullable<Jsonb>,
        paused_at -> Nullable<Timestamptz>,
        settles_at -> Nullable<Timestamptz>,
        hours_revision -> Int4,
        when_away -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    absences,
    accounts,
    activities,
    api_key_hashes,
    api_keys,
    attempts,
    audit_entries,
    audit_seals,
    audit_unsealed,
    calling_numbers,
    campaigns,
    connectors,
    destinations,
    do_not_contact_entries,
    identities,
    import_fixes,
    import_rows,
    imports,
    instance,
    invitations,
    lead_fields,
    lead_sources,
    leads,
    recovery_codes,
    rotation_members,
    rotations,
    sessions,
    sign_in_throttles,
    team_members,
    teams,
    two_factor_secrets,
    users,
    workflow_edges,
    workflow_nodes,
    workflow_run_steps,
    workflow_runs,
    workflow_statuses,
    workflow_versions,
    workflows,
);
