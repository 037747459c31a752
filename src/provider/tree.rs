//! An answer as a tree, whether it came as XML or as JSON: things are found in it by paths of names with dots between them,
//! and all of them, so that an answer that says two things at once is seen to.

use crate::aade::xml::{self, Element};
use crate::domain::provider::Family;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// Deeper answers are none.
const DEPTH_MAX: usize = 32;

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// Text, a number as it was written, or a word; empty for what was left empty.
    Leaf(String),
    /// Names with what stands under them; a name may stand there more than once.
    Branches(Vec<(String, Tree)>),
    /// A list: each of it stands where the list stands.
    List(Vec<Tree>),
}

impl Tree {
    /// Reads an answer.
    ///
    /// # Errors
    /// Says why it is none.
    pub fn read(family: Family, bytes: &[u8]) -> Result<Self, String> {
        match family {
            Family::Xml => xml::read(bytes).map(|root| of_element(&root)).map_err(|error| error.to_string()),
            Family::Json => match serde_json::from_slice::<Self>(bytes) {
                Ok(tree) if tree.depth() <= DEPTH_MAX => Ok(tree),
                Ok(_) => Err("it is too deep".to_owned()),
                Err(error) => Err(error.to_string()),
            },
        }
    }

    /// Everything that stands at a path.
    pub fn at<'a>(&'a self, path: &str) -> Vec<&'a Self> {
        let mut here = Vec::new();
        self.flatten(&mut here);
        for name in path.split('.').filter(|name| !name.is_empty()) {
            let mut below = Vec::new();
            for tree in here {
                let Self::Branches(branches) = tree else { continue };
                branches
                    .iter()
                    .filter(|(known, _)| known == name)
                    .for_each(|(_, tree)| tree.flatten(&mut below));
            }
            here = below;
        }
        here
    }

    /// Every text at a path that is not empty.
    pub fn texts<'a>(&'a self, path: &str) -> Vec<&'a str> {
        let text = |tree: &&'a Self| match tree {
            Self::Leaf(text) if !text.is_empty() => Some(text.as_str()),
            _ => None,
        };
        self.at(path).iter().filter_map(text).collect()
    }

    fn flatten<'a>(&'a self, into: &mut Vec<&'a Self>) {
        match self {
            Self::List(list) => list.iter().for_each(|tree| tree.flatten(into)),
            other => into.push(other),
        }
    }

    fn depth(&self) -> usize {
        let below = match self {
            Self::Leaf(_) => None,
            Self::Branches(branches) => branches.iter().map(|(_, tree)| tree.depth()).max(),
            Self::List(list) => list.iter().map(Self::depth).max(),
        };
        1 + below.unwrap_or_default()
    }
}

fn of_element(element: &Element) -> Tree {
    if element.children.is_empty() {
        return Tree::Leaf(element.text.trim().to_owned());
    }
    Tree::Branches(element.children.iter().map(|child| (child.name.clone(), of_element(child))).collect())
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// A name that stands twice in one object says two things at once, whichever is empty: such an answer is none.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.trim().to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf(String::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut all = Vec::new();
        while let Some(tree) = list.next_element()? {
            all.push(tree);
        }
        Ok(Tree::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let (mut all, mut names) = (Vec::new(), BTreeSet::new());
        while let Some((name, tree)) = map.next_entry::<String, Tree>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format!("{name} stands in it twice")));
            }
            all.push((name, tree));
        }
        Ok(Tree::Branches(all))
    }
}
