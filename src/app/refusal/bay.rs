//! Why a vehicle was not moved on the board of a wash.

/// Why a vehicle was not moved on the board of a wash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BayRefusal {
    /// There are no bays here, or this vehicle did not come to be washed.
    NoBoard,
    /// There is no such bay.
    NoSuchBay,
    /// Another vehicle is in it.
    Taken {
        /// Its plate.
        plate: String,
    },
}

impl From<BayRefusal> for super::Refusal {
    fn from(refusal: BayRefusal) -> Self {
        Self::Bay(refusal)
    }
}

impl BayRefusal {
    pub(super) fn sentences(&self) -> (String, String) {
        let pair = |el: &str, en: &str| (el.to_owned(), en.to_owned());
        match self {
            Self::NoBoard => pair(
                "Αυτό το όχημα δεν μπαίνει σε θέση πλυσίματος.",
                "This vehicle does not go into a washing bay.",
            ),
            Self::NoSuchBay => pair("Δεν υπάρχει τέτοια θέση πλυσίματος.", "There is no such washing bay."),
            Self::Taken { plate } => (
                format!("Στη θέση είναι το {plate}: πρώτα φεύγει αυτό."),
                format!("{plate} is in that bay: move it on first."),
            ),
        }
    }
}
