//! Postgres refuses to run as root. When we are, somebody else runs it, and must be able to reach what it needs.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::LocalError;

/// Whom Postgres' programs run as: us, unless we are root, which they refuse to be.
#[derive(Debug)]
pub(super) struct RunAs {
    name: String,
    ids: Option<(u32, u32)>,
}

impl RunAs {
    /// As root: the owner of the existing database, or else `postgres`, or else `nobody`.
    pub(super) fn choose(existing: Option<&Path>) -> Result<Self, LocalError> {
        if effective_uid() != 0 {
            return Ok(Self {
                name: String::new(),
                ids: None,
            });
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        if let Some(owner) = existing
            .and_then(|folder| fs::metadata(folder).ok())
            .filter(|owner| owner.uid() != 0)
        {
            return Ok(Self {
                name: format!("user number {}", owner.uid()),
                ids: Some((owner.uid(), owner.gid())),
            });
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| {
                Some(Self {
                    name: name.to_owned(),
                    ids: Some(ids_of(&users, name)?),
                })
            })
            .ok_or(LocalError::NoUser)
    }

    /// A program that runs as that user, in a folder that everybody can be in, speaking English for us to read.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir("/")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        if let Some((uid, gid)) = self.ids {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Makes sure that this user can pass through the data folder, opening that one folder (not its parents) if need
    /// be. Asks the system by trying, since permission bits are not all there is.
    pub(super) fn enter(&self, data_dir: &Path) -> Result<(), LocalError> {
        if self.ids.is_none() {
            return Ok(());
        }
        let mode = fs::metadata(data_dir)
            .map_err(LocalError::io("find", data_dir))?
            .permissions()
            .mode();
        if mode & 0o001 == 0 {
            fs::set_permissions(data_dir, fs::Permissions::from_mode(mode | 0o011))
                .map_err(LocalError::io("set the permissions of", data_dir))?;
        }
        match self
            .command(Path::new("/bin/sh"))
            .args(["-c", ":"])
            .current_dir(data_dir)
            .status()
        {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Err(LocalError::Unreachable {
                    user: self.name.clone(),
                    path: data_dir.to_owned(),
                })
            }
            // Any other trouble, such as a system without a shell, says nothing about the folder.
            _ => Ok(()),
        }
    }

    /// Makes a folder that only this user can enter, or checks that it is one: in `/tmp` anybody may have made it.
    pub(super) fn own_private_dir(&self, dir: &Path) -> Result<(), LocalError> {
        let (uid, gid) = self.ids.unzip();
        match DirBuilder::new().mode(0o700).create(dir) {
            Ok(()) => chown(dir, uid, gid).map_err(LocalError::io("give away", dir)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let found = fs::symlink_metadata(dir).map_err(LocalError::io("find", dir))?;
                let ours = found.is_dir() && found.uid() == uid.unwrap_or_else(effective_uid);
                if ours && found.mode() & 0o077 == 0 {
                    Ok(())
                } else {
                    Err(LocalError::NotOurs(dir.to_owned()))
                }
            }
            Err(error) => Err(LocalError::io("create", dir)(error)),
        }
    }
}

/// User and group of a name in the text of `/etc/passwd` (macOS writes `nobody` as -2).
fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    let id = |text: &str| text.parse::<i64>().ok().map(|id| id as u32);
    users
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find_map(|fields| match fields[..] {
            [found, _, uid, gid, ..] if found == name => Some((id(uid)?, id(gid)?)),
            _ => None,
        })
}

/// Whether this program runs as root.
pub fn is_root() -> bool {
    effective_uid() == 0
}

#[allow(unsafe_code)]
fn effective_uid() -> u32 {
    // SAFETY: geteuid takes nothing, touches no memory and cannot fail.
    unsafe { libc::geteuid() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_numbers_are_read_from_the_user_list() {
        let users = "root:x:0:0::/root:/bin/sh\npostgres-old:x:7:8::/:\npostgres:x:101:104:a,b:/var/lib:/bin/bash\nnobody:*:-2:-2::/:\n";
        assert_eq!(ids_of(users, "postgres"), Some((101, 104)));
        assert_eq!(
            ids_of(users, "nobody"),
            Some((4_294_967_294, 4_294_967_294))
        );
        assert_eq!(ids_of(users, "somebody"), None);
    }
}
