-- The leads of one account, with what belongs to them, set by set. {account} and {leads} are put in
-- by the bench. Numbers decide by chance, the same chance each time: so two runs have the same rows.

SELECT setseed(0.42);

INSERT INTO campaigns (account_id, id, name, description, created_at, updated_at)
SELECT '{account}', gen_random_uuid(),
       (ARRAY['Spring open day', 'Autumn fair', 'Webinar', 'Newsletter', 'Alumni', 'Partners'])[1 + i % 6]
           || ' ' || (2021 + i / 6),
       NULL, now() - make_interval(days => 30 * (30 - i)), now() - make_interval(days => 30 * (30 - i))
FROM generate_series(0, 29) AS i;

CREATE TEMP TABLE workflow ON COMMIT DROP AS
SELECT w.place, gen_random_uuid() AS id, w.name, w.goal_type, gen_random_uuid() AS call, gen_random_uuid() AS wait,
       gen_random_uuid() AS write, gen_random_uuid() AS won, gen_random_uuid() AS lost
FROM (VALUES (0, 'Call within the hour', 'appointment'), (1, 'Keep warm', 'none')) AS w (place, name, goal_type);

INSERT INTO workflows (account_id, id, name, description, status, goal_type, step_count, created_at, updated_at)
SELECT '{account}', id, name, NULL, 'active', goal_type, 2, now() - interval '3 years', now() - interval '3 years'
FROM workflow;

INSERT INTO workflow_statuses (account_id, id, workflow_id, key, label, color, category, is_terminal, position)
SELECT '{account}', gen_random_uuid(), workflow.id, s.key, initcap(s.key), s.color, s.category, s.terminal, s.place
FROM workflow, (VALUES
    ('new', '#64748b', 'open', false, 0), ('contacted', '#2563eb', 'active', false, 1),
    ('engaged', '#7c3aed', 'active', false, 2), ('qualified', '#0891b2', 'active', false, 3),
    ('converted', '#16a34a', 'won', true, 4), ('lost', '#dc2626', 'lost', true, 5),
    ('expired', '#a16207', 'lost', true, 6)) AS s (key, color, category, terminal, place);

INSERT INTO workflow_nodes (account_id, id, workflow_id, node_type, label, position_x, position_y, config,
    step_number)
SELECT '{account}', n.id, workflow.id, n.node_type, n.label, 0, n.y, n.config::jsonb, n.step_number
FROM workflow, LATERAL (VALUES
    (call, 'VOICE_CALL', 'First call', 0, '{"max_attempts": 3, "retry_after_minutes": 60}', 1),
    (wait, 'TIME', 'A day', 1, '{"delay_hours": 24}', NULL),
    (write, 'SMS', 'Text message', 2, '{"text": "Hello {{first_name}}, when may we call?"}', 2),
    (won, 'CONVERTED', 'Won', 3, '{}', NULL), (lost, 'DROPPED', 'Lost', 4, '{}', NULL))
    AS n (id, node_type, label, y, config, step_number);

INSERT INTO workflow_edges (account_id, id, workflow_id, from_node_id, to_node_id, label, position)
SELECT '{account}', gen_random_uuid(), workflow.id, e.from_id, e.to_id, e.label, e.place
FROM workflow, LATERAL (VALUES
    (call, won, 'COMPLETED', 0), (call, wait, NULL, 1), (wait, write, NULL, 0), (write, lost, NULL, 0))
    AS e (from_id, to_id, label, place);

CREATE TEMP TABLE word ON COMMIT DROP AS SELECT
    string_to_array('Maria Juan Ana Luis Sofía José Camila Diego Valentina Carlos Priya Rahul Anjali Arjun Neha Vikram '
        'Emma Liam Olivia Noah Mia Lukas Lena Jürgen Björn Zoë Chloé Hélène Amélie Tomás Mateo Lucía Martín Inés Pablo '
        'Elena Andrés Julia Marta Piotr Zofia Łukasz Katarzyna John Mary Robert Linda James Patricia Michael Susan', ' ') AS first,
    string_to_array('González Muñoz Rojas Díaz Pérez Soto Contreras Silva Martínez Sepúlveda Morales Rodríguez López Fuentes '
        'Hernández Torres Araya Flores Espinoza Valenzuela Castillo Ramírez Reyes Gutiérrez Castro Vargas Álvarez Vásquez '
        'Nair Sharma Patel Singh Kumar Gupta Reddy Iyer Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson '
        'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Kowalski Nowak Wójcik Lewandowski '
        'Dupont Durand Lefèvre Moreau Laurent Rossi Russo Ferrari Esposito Bianchi Romano Whitfield Vidal Okafor Adeyemi', ' ') AS last,
    string_to_array('Andes Pacific Atlas Northwind Bluebird Cedar Delta Evergreen Falcon Granite Harbor Iris Juniper Kestrel '
        'Lumen Meridian Nova Orchard Pioneer Quarry Ridge Summit Tundra Umbra Vertex Willow Xenon Yarrow Zenith Acme', ' ') AS company,
    string_to_array('Labs Foods Motors Health Logistics Energy Software Design Academy Partners', ' ') AS trade,
    string_to_array('Director of sales|Head of operations|Owner|Teacher|Student|Accountant|Engineer|Buyer', '|') AS title,
    string_to_array('api|website|import|referral|Open day|Google Ads|LinkedIn|Facebook|Phone|Partner|Trade fair|Newsletter', '|') AS source;

CREATE TEMP TABLE person ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY email) - 1 AS place, id FROM users WHERE account_id = '{account}';
CREATE TEMP TABLE campaign ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY created_at) - 1 AS place, id FROM campaigns WHERE account_id = '{account}';

-- One row of chances for each lead, then the lead.
CREATE TEMP TABLE chance ON COMMIT DROP AS
SELECT i, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e, random() AS f, random() AS g,
       random() AS h, random() AS k, md5('{account}' || i) AS hash,
       now() - interval '3 years' * power(1 - i::float8 / {leads}, 1.3) - interval '1 minute' * random() AS created_at
FROM generate_series(1, {leads}) AS i;

CREATE TEMP TABLE draft ON COMMIT DROP AS
SELECT chance.*,
       (lpad(to_hex((extract(epoch FROM created_at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3)
           || '8' || substr(hash, 4, 15))::uuid AS id,
       word.first[1 + floor(cardinality(word.first) * power(a, 1.5))::int] AS first_name,
       CASE WHEN i % 200000 = 777 THEN 'Quetzalcóatl'
            WHEN b < 0.95 THEN word.last[1 + floor(cardinality(word.last) * power(b / 0.95, 1.4))::int] END AS last_name,
       CASE WHEN c < 0.6 THEN word.company[1 + floor(cardinality(word.company) * power(c / 0.6, 1.3))::int] || ' '
           || word.trade[1 + floor(10 * d)::int] END AS company,
       CASE WHEN d < 0.85 THEN CASE (floor(e * 4))::int
           WHEN 0 THEN '+569' || lpad((i::bigint * 7919 % 100000000)::text, 8, '0')
           WHEN 1 THEN '+9198' || lpad((i::bigint * 7919 % 100000000)::text, 8, '0')
           WHEN 2 THEN '+1415555' || lpad((i::bigint * 7919 % 10000)::text, 4, '0')
           ELSE '+4930' || lpad((i::bigint * 7919 % 100000000)::text, 8, '0') END END AS phone,
       CASE WHEN f < 0.4 THEN word.title[1 + floor(8 * f / 0.4)::int] END AS title,
       word.source[1 + floor(12 * power(g, 2))::int] AS source,
       CASE WHEN h < 0.7 THEN CASE WHEN h < 0.5 THEN 0 ELSE 1 END END AS workflow,
       CASE WHEN k < 0.35 THEN 'new' WHEN k < 0.65 THEN 'contacted' WHEN k < 0.77 THEN 'engaged'
            WHEN k < 0.85 THEN 'qualified' WHEN k < 0.92 THEN 'converted' WHEN k < 0.97 THEN 'lost'
            ELSE 'expired' END AS standing
FROM chance, word;

INSERT INTO leads (account_id, id, first_name, last_name, email, phone, phone_e164, company, title, source,
    external_id, campaign_id, owner_id, workflow_id, status_key, tags, metadata, search_text, sort_name,
    last_contacted_at, next_action_at, archived_at, revision, created_at, updated_at)
SELECT '{account}', draft.id, draft.first_name, draft.last_name, mail.address, draft.phone, draft.phone, draft.company,
       draft.title, draft.source, CASE WHEN g < 0.1 THEN 'crm-' || i END, campaign.id, person.id, workflow.id,
       CASE WHEN workflow.id IS NOT NULL THEN standing END,
       CASE WHEN a < 0.1 THEN ARRAY['vip'] WHEN a < 0.3 THEN ARRAY['2026', 'fair'] ELSE '{}' END,
       CASE WHEN f < 0.6 THEN jsonb_build_object('course', (ARRAY['Nursing', 'Law', 'Design', 'Data'])[1 + floor(4 * b)::int],
           'budget', floor(10000 * c), 'newsletter', d < 0.5) ELSE '{}' END,
       concat_ws(' ', folded.first, folded.last, mail.address, lower(draft.company), draft.phone, draft.phone),
       concat_ws(' ', folded.last, folded.first),
       CASE WHEN standing <> 'new' AND workflow.id IS NOT NULL THEN created_at + interval '1 day' * (1 + c) END,
       CASE WHEN standing IN ('new', 'contacted', 'engaged') AND workflow.id IS NOT NULL
            THEN now() + interval '20 days' * (d - 0.3) END,
       CASE WHEN e > 0.95 THEN created_at + interval '10 days' END,
       1 + floor(5 * f)::int, created_at, created_at + (now() - created_at) * power(e, 3)
FROM draft
CROSS JOIN LATERAL (SELECT
    translate(lower(draft.first_name), 'áéíóúäëïöüàèìòùâêîôûñçłż', 'aeiouaeiouaeiouaeiounclz') AS first,
    translate(lower(draft.last_name), 'áéíóúäëïöüàèìòùâêîôûñçłż', 'aeiouaeiouaeiouaeiounclz') AS last) AS folded
CROSS JOIN LATERAL (SELECT CASE WHEN c < 0.9 THEN folded.first || '.' || coalesce(folded.last, 'x') || i || '@'
    || (ARRAY['gmail', 'outlook', 'andes', 'acme'])[1 + floor(4 * k)::int] || '.example' END AS address) AS mail
LEFT JOIN workflow ON workflow.place = draft.workflow
LEFT JOIN person ON h < 0.9 AND person.place = floor((SELECT count(*) FROM person) * power(g, 1.5))
LEFT JOIN campaign ON k < 0.6 AND campaign.place = floor(30 * k / 0.6)
ORDER BY i;

INSERT INTO workflow_runs (account_id, id, lead_id, workflow_id, status, status_key, current_node_id, step_count, enrolled_at, ended_at)
SELECT '{account}', gen_random_uuid(), draft.id, workflow.id,
       CASE standing WHEN 'converted' THEN 'converted' WHEN 'lost' THEN 'dropped' WHEN 'expired' THEN 'completed'
            ELSE 'waiting' END,
       standing, CASE standing WHEN 'converted' THEN won WHEN 'lost' THEN lost WHEN 'expired' THEN lost
            WHEN 'new' THEN call ELSE wait END, 2,
       created_at, CASE WHEN standing IN ('converted', 'lost', 'expired') THEN created_at + interval '9 days' END
FROM draft JOIN workflow ON workflow.place = draft.workflow
ORDER BY i;

-- All of them wait for something in the days to come.
INSERT INTO workflow_run_steps (account_id, id, run_id, workflow_id, node_id, attempt, due_at, wake_at, entered_at,
    node_type, label, step_number, max_attempts)
SELECT '{account}', gen_random_uuid(), r.id, r.workflow_id, n.id, 1, due.at, due.at, r.enrolled_at,
       n.node_type, n.label, n.step_number, coalesce((n.config ->> 'max_attempts')::int, 1)
FROM workflow_runs r JOIN workflow_nodes n ON n.account_id = r.account_id AND n.id = r.current_node_id,
     LATERAL (SELECT now() + interval '1 day' + interval '5 days' * random() AS at, r.id) AS due
WHERE r.account_id = '{account}' AND r.ended_at IS NULL;

INSERT INTO audit_entries (account_id, id, event, subject, subject_id, actor, api_key, data, request_method,
    request_path, request_headers, request_ip, created_at)
SELECT '{account}', (substr(id::text, 1, 19) || substr(gen_random_uuid()::text, 20))::uuid, 'lead_created', 'lead', id,
       'owner@bench.example', 'Bench',
       jsonb_build_object('lead', jsonb_strip_nulls(jsonb_build_object('first_name', first_name, 'last_name', last_name,
           'phone', phone, 'company', company, 'source', source))),
       'POST', '/api/public/leads',
       '{"host": "leads.example", "user-agent": "integration/1.0", "content-type": "application/json", "x-api-key": "***"}',
       '192.0.2.7', created_at
FROM draft
ORDER BY i;
