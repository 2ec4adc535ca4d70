//! Files that people have uploaded, kept in a folder under names of our own.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tempfile::NamedTempFile;
use uuid::Uuid;

/// The folder.
#[derive(Debug, Clone)]
pub struct Uploads {
    dir: PathBuf,
}

impl Uploads {
    /// The folder for uploads in the data folder; made when the first file comes.
    pub fn of(data_dir: &Path) -> Self {
        Self {
            dir: data_dir.join("uploads"),
        }
    }

    /// A file to be received, on the folder's disk; gone when it is dropped before it is kept.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn receive(&self) -> io::Result<NamedTempFile> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.dir)?;
        NamedTempFile::new_in(&self.dir)
    }

    /// Keeps a file that was received, on disk before this returns.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn keep(&self, received: NamedTempFile, id: Uuid) -> io::Result<File> {
        received.as_file().sync_all()?;
        let file = received.persist_noclobber(self.path(id))?;
        File::open(&self.dir)?.sync_all()?;
        Ok(file)
    }

    /// A file that is kept; nothing when it is not there.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn open(&self, id: Uuid) -> io::Result<Option<File>> {
        match File::open(self.path(id)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove(&self, id: Uuid) -> io::Result<()> {
        match fs::remove_file(self.path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes what was last written before `then` and is none of `known`; how many files that were.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn sweep(&self, then: DateTime<Utc>, known: impl Fn(Uuid) -> bool) -> io::Result<usize> {
        let files = match fs::read_dir(&self.dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            files => files?,
        };
        let mut swept = 0;
        for file in files {
            let file = file?;
            let name = file.file_name();
            let id = name.to_str().and_then(|name| Uuid::try_parse(name).ok());
            let is_old = DateTime::<Utc>::from(file.metadata()?.modified()?) < then;
            if is_old && !id.is_some_and(&known) {
                fs::remove_file(file.path())?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    fn path(&self, id: Uuid) -> PathBuf {
        self.dir.join(id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn a_file_is_kept_until_it_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let uploads = Uploads::of(dir.path());
        let id = Uuid::from_u128(1);
        assert!(uploads.open(id).unwrap().is_none());
        let mut received = uploads.receive().unwrap();
        received.write_all(b"phone_number").unwrap();
        uploads.keep(received, id).unwrap();
        let mut text = String::new();
        let mut kept = uploads.open(id).unwrap().unwrap();
        kept.read_to_string(&mut text).unwrap();
        assert_eq!(text, "phone_number");
        uploads.remove(id).unwrap();
        uploads.remove(id).unwrap();
        assert!(uploads.open(id).unwrap().is_none());
    }

    #[test]
    fn what_nobody_knows_is_swept_once_it_is_old() {
        let dir = tempfile::tempdir().unwrap();
        let uploads = Uploads::of(dir.path());
        let (known, lost) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for id in [known, lost] {
            uploads.keep(uploads.receive().unwrap(), id).unwrap();
        }
        let half = uploads.receive().unwrap();
        // What a killed process leaves of a file that was coming.
        let (_, left) = half.keep().unwrap();
        let now = DateTime::<Utc>::from(SystemTime::now());
        let hour = chrono::TimeDelta::hours(1);
        let is_known = |id| id == known;
        let before = now - hour;
        assert_eq!(uploads.sweep(before, is_known).unwrap(), 0);
        let later = now + hour;
        assert_eq!(uploads.sweep(later, is_known).unwrap(), 2);
        assert!(uploads.open(known).unwrap().is_some());
        assert!(!left.exists());
    }
}
