//! Writes the diagrams of definition files as SVG into a folder, to be looked at.
//!
//! `cargo run -p asl-view --example draw -- OUT FILE...`; with `--right` among the files the flow goes right from there on.

use std::error::Error;
use std::path::Path;

use asl_view::{Diagram, Direction, LayoutOptions, SvgOptions, write_svg};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the first argument is the folder to write to")?;
    std::fs::create_dir_all(&folder)?;
    let mut options = LayoutOptions::default();
    for argument in arguments {
        if argument == "--right" {
            options.direction = Direction::LeftRight;
            continue;
        }
        let path = Path::new(&argument);
        let text = std::fs::read_to_string(path)?;
        let definition = asl_model::parse(&text).definition.ok_or("the file is no JSON object")?;
        let diagram = Diagram::lay_out(&definition, &options);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = match options.direction {
            Direction::TopDown => format!("{stem}.svg"),
            Direction::LeftRight => format!("{stem}.right.svg"),
        };
        let title = definition.comment.as_deref().unwrap_or(&stem);
        let svg = write_svg(
            &diagram,
            &SvgOptions {
                title,
                ..SvgOptions::default()
            },
        );
        std::fs::write(Path::new(&folder).join(name), svg)?;
    }
    Ok(())
}
