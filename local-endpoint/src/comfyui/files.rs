//! The server's folders, in memory: input, output and temp.

use std::collections::HashMap;
use std::sync::Mutex;

use axum::body::Bytes;
use serde_json::{Value, json};

use crate::lock::lock;

/// A folder of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Folder {
    Input,
    Output,
    Temp,
}

impl Folder {
    /// The folder of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Input, Self::Output, Self::Temp].into_iter().find(|folder| folder.name() == name)
    }

    /// Its name in addresses and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
            Self::Temp => "temp",
        }
    }
}

/// Where a file lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    pub folder: Folder,
    pub subfolder: String,
    pub name: String,
}

impl Location {
    /// What an input of a node says: `name.png`, `sub/name.png`, `name.png [output]`.
    pub fn of_input(text: &str) -> Self {
        let (path, folder) = match text.strip_suffix(']').and_then(|text| text.rsplit_once(" [")) {
            Some((path, name)) => (path, Folder::named(name).unwrap_or(Folder::Input)),
            None => (text, Folder::Input),
        };
        let (subfolder, name) = path.rsplit_once('/').unwrap_or(("", path));
        Self { folder, subfolder: subfolder.to_owned(), name: name.to_owned() }
    }

    /// As answers and results name it.
    pub fn to_json(&self) -> Value {
        json!({"filename": self.name, "subfolder": self.subfolder, "type": self.folder.name()})
    }
}

/// The files of a server.
#[derive(Default)]
pub struct Files(Mutex<HashMap<Location, Bytes>>);

impl Files {
    /// The file that lies there.
    pub fn get(&self, location: &Location) -> Option<Bytes> {
        lock(&self.0).get(location).cloned()
    }

    /// Puts a file there, in place of what was.
    pub fn put(&self, location: Location, bytes: Bytes) {
        lock(&self.0).insert(location, bytes);
    }

    /// Puts an uploaded file there. Where another file has the name, this one gets a number: `name (1).png`.
    pub fn add(&self, mut location: Location, bytes: Bytes) -> Location {
        let mut files = lock(&self.0);
        let asked = location.name.clone();
        let (stem, extension) = asked
            .rsplit_once('.')
            .map_or((&*asked, String::new()), |(stem, extension)| (stem, format!(".{extension}")));
        let mut count = 0;
        while files.get(&location).is_some_and(|there| *there != bytes) {
            count += 1;
            location.name = format!("{stem} ({count}){extension}");
        }
        files.insert(location.clone(), bytes);
        location
    }

    /// Puts what a run made there, under the next number that its beginning has free: `ComfyUI_00001_.png`.
    pub fn add_output(
        &self,
        folder: Folder,
        subfolder: &str,
        stem: &str,
        extension: &str,
        bytes: Bytes,
    ) -> Location {
        let mut files = lock(&self.0);
        let named = |count: usize| Location {
            folder,
            subfolder: subfolder.to_owned(),
            name: format!("{stem}_{count:05}_.{extension}"),
        };
        let free = (1..).map(named).find(|location| !files.contains_key(location));
        let location = free.unwrap_or_else(|| named(0));
        files.insert(location.clone(), bytes);
        location
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(name: &str) -> Location {
        Location { folder: Folder::Input, subfolder: String::new(), name: name.into() }
    }

    #[test]
    fn an_upload_keeps_its_name_unless_another_file_has_it() {
        let files = Files::default();
        let add =
            |name: &str, bytes: &'static [u8]| files.add(location(name), Bytes::from_static(bytes)).name;
        assert_eq!(add("a.png", b"1"), "a.png");
        assert_eq!(add("a.png", b"1"), "a.png");
        assert_eq!(add("a.png", b"2"), "a (1).png");
        assert_eq!(add("a.png", b"3"), "a (2).png");
        assert_eq!(add("a.png", b"2"), "a (1).png");
        assert_eq!(add("no extension", b"4"), "no extension");
        assert_eq!(add("no extension", b"5"), "no extension (1)");
    }

    #[test]
    fn outputs_are_numbered_by_folder_and_beginning() {
        let files = Files::default();
        let add = |subfolder: &str, stem: &str| {
            files.add_output(Folder::Output, subfolder, stem, "png", Bytes::new()).name
        };
        assert_eq!(add("", "fox"), "fox_00001_.png");
        assert_eq!(add("", "fox"), "fox_00002_.png");
        assert_eq!(add("sub", "fox"), "fox_00001_.png");
        assert_eq!(add("", "owl"), "owl_00001_.png");
    }

    #[test]
    fn reads_what_an_input_says() {
        assert_eq!(Location::of_input("a.png"), location("a.png"));
        let output = Location { folder: Folder::Output, subfolder: "x/y".into(), name: "a.png".into() };
        assert_eq!(Location::of_input("x/y/a.png [output]"), output);
        assert_eq!(Location::of_input("a [1].png").name, "a [1].png");
    }
}
