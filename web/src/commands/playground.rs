//! The way from an embedded page to the whole playground.

use asl_protocol::{FilesReply, FilesRequest};

use crate::interop::{files_worker, location};

use super::Commands;
use super::links::Included;

impl Commands {
    /// Returns the address of the playground with the document that the page was opened with.
    pub(crate) fn first_playground_address() -> String {
        [
            &location::playground(),
            "#",
            location::fragment().trim_start_matches('#'),
        ]
        .concat()
    }

    /// Returns the address of the playground with the document that is on the screen.
    pub(crate) async fn playground_address(&self) -> String {
        let all = Included {
            input: true,
            mocks: true,
            moment: false,
            shorten: false,
            redact: false,
        };
        let request = FilesRequest::WriteLink {
            document: self.shared_document(all),
            shorten: false,
            redact: false,
        };
        // A document too large for a link is opened from a file; the playground itself still opens.
        match files_worker::ask(&request).await {
            FilesReply::LinkWritten { fragment, .. } => [&location::playground(), "#", &fragment].concat(),
            _ => location::playground(),
        }
    }
}
