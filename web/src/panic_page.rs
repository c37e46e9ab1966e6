//! What the reader sees when the page itself has a fault: the draft is safe, and here is what to report.

use std::panic;

use web_sys::Element;

/// Shows the page of last resort when a bug of ours stops everything else.
pub(crate) fn install() {
    panic::set_hook(Box::new(|info| {
        let report = format!("ASL Playground {}\n{info}", env!("CARGO_PKG_VERSION"));
        gloo::console::error!(&report);
        // Nothing is left to do if even this fails; the report is in the console.
        let _ = show(&report);
    }));
}

fn show(report: &str) -> Option<()> {
    let document = gloo::utils::document();
    let body = document.body()?;
    let element = |name: &str, text: &str| -> Option<Element> {
        let element = document.create_element(name).ok()?;
        element.set_text_content(Some(text));
        Some(element)
    };
    let page = element("div", "")?;
    page.set_attribute("class", "panic-page").ok()?;
    page.set_attribute("role", "alertdialog").ok()?;
    page.set_attribute("aria-label", "The page has stopped").ok()?;
    for part in [
        element("h1", "The page has stopped")?,
        element(
            "p",
            "This is a fault of the playground, not of your state machine. Your text is saved in this browser: reload \
             the page and it is there again. Please report what stands below; it holds none of your text.",
        )?,
        element("pre", report)?,
    ] {
        page.append_child(&part).ok()?;
    }
    let reload = element("a", "Reload")?;
    reload.set_attribute("href", "").ok()?;
    page.append_child(&reload).ok()?;
    body.append_child(&page).ok()?;
    Some(())
}
