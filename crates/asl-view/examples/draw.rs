//! Draws the definition on standard input as SVG, as `cargo run --package asl-view --example draw < machine.asl.json` does.
//!
//! The build of the site puts the first example's picture into the page this way.

use std::io::{self, Read, Write};

use asl_view::{Diagram, LayoutOptions, SvgOptions, write_svg};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let definition = asl_model::parse(&text).definition;
    let definition = definition.ok_or_else(|| io::Error::other("the text is not a definition"))?;
    let picture = Diagram::lay_out(&definition, &LayoutOptions::default());
    io::stdout().write_all(write_svg(&picture, &SvgOptions::default()).as_bytes())
}
