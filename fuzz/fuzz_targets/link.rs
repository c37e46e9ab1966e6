//! Any text as a link, any bytes as a file: both are answered within their limits, and what opens can be shared again.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let _ = asl_link::read_link(&text);
    let _ = asl_link::read_link(&format!("v1.{text}"));
    if let Ok(document) = asl_link::Document::from_json(&text) {
        let link = asl_link::write_link(&document, asl_link::Codec::Deflate);
        if let Ok(link) = link {
            assert_eq!(asl_link::read_link(&link), Some(Ok(document)));
        }
    }
    let _ = asl_files::open(bytes);
    if let Ok(deployment) = asl_deploy::Deployment::new("fuzz", &text, "", false) {
        for format in asl_deploy::Format::ALL {
            let _ = deployment.write(format);
        }
    }
});
