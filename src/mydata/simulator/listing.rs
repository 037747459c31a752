//! Pages of what was told: which records a question is about, and where the next page begins.

use super::address::Parameters;
use super::answer::Page;
use super::options::Options;
use super::state::{Books, Record, What};
use jiff::civil::Date;

/// The first of the two keys a page goes on with; the second is the last MARK of the page before.
const PARTITION: &str = "page";

/// The page a question asks for, counted from 1.
pub(super) fn page_number(parameters: &Parameters) -> u32 {
    let key = parameters.get("nextPartitionKey").and_then(|key| key.strip_prefix(PARTITION));
    key.and_then(|page| page.parse().ok()).unwrap_or(1)
}

/// What a question is about.
pub(super) struct Wanted {
    afm: String,
    /// Told of the AFM by others, not by it.
    by_others: bool,
    after: i64,
    up_to: i64,
    days: Option<(Date, Date)>,
    kind: Option<String>,
    counterpart: Option<String>,
    page: u32,
}

impl Wanted {
    /// Reads the parameters.
    pub(super) fn read(parameters: &Parameters, afm: String, by_others: bool) -> Result<Self, &'static str> {
        let given = |name: &str| parameters.get(name).filter(|value| !value.is_empty());
        let number = |name: &str| given(name).map(|value| value.parse::<i64>()).transpose();
        let mark = number("mark").map_err(|_| "mark is not valid")?.ok_or("mark is missing")?;
        let row = number("nextRowKey").map_err(|_| "nextRowKey is not valid")?;
        let day = |name: &str| given(name).map(|value| Date::strptime("%d/%m/%Y", value)).transpose();
        let from = day("dateFrom").map_err(|_| "dateFrom is not valid")?;
        let to = day("dateTo").map_err(|_| "dateTo is not valid")?;
        if given("nextPartitionKey").is_some() != row.is_some() {
            return Err("nextPartitionKey and nextRowKey go together");
        }
        Ok(Self {
            afm,
            by_others,
            after: row.unwrap_or(mark).max(mark),
            up_to: number("maxMark").map_err(|_| "maxMark is not valid")?.unwrap_or(i64::MAX),
            // One of the two alone means that single day.
            days: from.or(to).zip(to.or(from)),
            kind: given("invType").cloned(),
            counterpart: given("counterVatNumber").cloned(),
            page: page_number(parameters),
        })
    }

    /// At most a page of records, as XML.
    pub(super) fn page(&self, books: &Books, options: &Options, size: usize) -> String {
        let about = |record: &&Record| self.is_about(books, record);
        let mut records: Vec<&Record> =
            books.range(self.after, self.up_to).filter(about).take(size + 1).collect();
        let more = records.len() > size;
        records.truncate(size);
        let next = records.last().filter(|_| more);
        let next =
            next.map(|last| (format!("{PARTITION}{}", self.page.saturating_add(1)), last.mark.to_string()));
        let page = Page {
            books,
            records: &records,
            next,
            qr_base: options.lists_qr.then_some(options.qr_base.as_str()),
            lists_cancelled: options.lists_cancelled,
        };
        page.write()
    }

    /// A cancellation, and a payment, are about what their document is about.
    fn is_about(&self, books: &Books, record: &Record) -> bool {
        let mark = match &record.what {
            What::Invoice { .. } => record.mark,
            What::Cancelled { mark, .. } | What::Paid { mark, .. } => *mark,
        };
        let Some((told, document)) = books.document(mark) else { return false };
        let of = |part: &str, name: &str| document.child(part).and_then(|node| node.get(name));
        let counterpart = of("counterpart", "vatNumber");
        let issued: Option<Date> = of("invoiceHeader", "issueDate").and_then(|date| date.parse().ok());
        let whose =
            if self.by_others { counterpart == Some(self.afm.as_str()) } else { told.afm == self.afm };
        whose
            && self.days.is_none_or(|(from, to)| issued.is_some_and(|day| (from..=to).contains(&day)))
            && self.kind.as_deref().is_none_or(|kind| of("invoiceHeader", "invoiceType") == Some(kind))
            && self.counterpart.as_deref().is_none_or(|wanted| counterpart == Some(wanted))
    }
}
