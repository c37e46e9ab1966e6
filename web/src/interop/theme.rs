//! The theme attribute that the style sheet looks at.

use crate::state::Theme;

/// Shows a theme.
pub(crate) fn show(theme: Theme) {
    let Some(root) = gloo::utils::document().document_element() else {
        return;
    };
    // Failing to set an attribute is impossible with these names; nothing depends on the result.
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        theme => root.set_attribute("data-theme", theme.as_str()),
    };
}
