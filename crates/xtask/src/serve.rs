//! `cargo xtask serve`: the playground on this machine.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;

use tiny_http::{Header, Request, Response, Server};
use xshell::Shell;

use crate::error::{Failure, Result};
use crate::{site, tools};

const PORT: u16 = 8080;

/// More than the six connections that a browser opens to one host.
const ANSWERED_AT_ONCE: usize = 16;

/// Returns the port that the options ask for.
pub(crate) fn port(options: &[String]) -> Result<u16> {
    match options {
        [] => Ok(PORT),
        [flag, number] if flag == "--port" => number
            .parse()
            .map_err(|_| Failure::new(format!("\"{number}\" is not a port: give a number from 0 to 65535."))),
        _ => Err(Failure::new("serve takes --port N and nothing else.")),
    }
}

/// Builds the site where anything changed, then serves it until it is interrupted.
pub(crate) fn run(shell: &Shell, port: u16) -> Result<()> {
    site::build_if_changed(shell)?;
    let server = listen(port)?;
    println!(
        "\nASL Playground is ready: http://{}/\nPress Ctrl+C to stop.",
        server.server_addr()
    );
    serve(&server);
    Ok(())
}

/// Listens on the port, or on one of the next ten where that is taken.
pub(crate) fn listen(port: u16) -> Result<Server> {
    (port..=port.saturating_add(10))
        .find_map(|port| Server::http(("127.0.0.1", port)).ok())
        .ok_or_else(|| {
            Failure::new(format!(
                "ports {port} to {} are taken: choose another with --port N.",
                port.saturating_add(10)
            ))
        })
}

/// Answers requests for ever. Several at a time: a browser may leave one half read while it waits for another.
pub(crate) fn serve(server: &Server) {
    let site = tools::root().join("dist");
    thread::scope(|scope| {
        for _ in 0..ANSWERED_AT_ONCE {
            scope.spawn(|| {
                for request in server.incoming_requests() {
                    // A reader that went away is no reason to stop serving the others.
                    let _ = answer(request, &site);
                }
            });
        }
    });
}

fn answer(request: Request, site: &Path) -> std::io::Result<()> {
    let Some((path, file)) = find(site, request.url()) else {
        return request.respond(Response::from_string("Not found").with_status_code(404));
    };
    let header = |name: &str, value: &str| Header::from_bytes(name, value).expect("these headers are ASCII");
    let response = Response::from_file(file)
        .with_header(header("Content-Type", media_type(&path)))
        .with_header(header("Cache-Control", "no-cache"));
    request.respond(response)
}

/// Returns the file of a URL, and nothing for one that leads out of the site.
fn find(site: &Path, url: &str) -> Option<(PathBuf, File)> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path = fs::canonicalize(site.join(path)).ok()?;
    let path = if path.is_dir() { path.join("index.html") } else { path };
    let inside = path.starts_with(fs::canonicalize(site).ok()?);
    let file = inside.then(|| File::open(&path).ok())??;
    Some((path, file))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
