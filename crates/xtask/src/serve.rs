//! `cargo xtask serve`: the playground on this machine.

use axum::Router;
use axum::http::{HeaderValue, header};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use xshell::Shell;

use crate::error::{Failure, Result};
use crate::{site, tools};

const PORT: u16 = 8080;

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
    let server = Server::listen(port)?;
    println!("\nASL Playground is ready: {}\nPress Ctrl+C to stop.", server.address);
    server.serve()
}

/// Serves `dist/` to this machine.
pub(crate) struct Server {
    /// The URL of the site.
    pub(crate) address: String,
    runtime: Runtime,
    listener: TcpListener,
}

impl Server {
    /// Listens on the port, or on one of the next ten where that is taken.
    pub(crate) fn listen(port: u16) -> Result<Server> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let last = port.saturating_add(10);
        let listener = (port..=last).find_map(|port| runtime.block_on(TcpListener::bind(("127.0.0.1", port))).ok());
        let listener = listener.ok_or_else(|| {
            Failure::new(format!(
                "ports {port} to {last} are taken: choose another with --port N."
            ))
        })?;
        Ok(Server {
            address: format!("http://{}/", listener.local_addr()?),
            runtime,
            listener,
        })
    }

    /// Answers requests for ever.
    pub(crate) fn serve(self) -> Result<()> {
        // A browser that keeps yesterday's page beside today's wasm shows neither.
        let fresh = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        let site = Router::new()
            .fallback_service(ServeDir::new(tools::root().join("dist")))
            .layer(fresh);
        Ok(self
            .runtime
            .block_on(async { axum::serve(self.listener, site).await })?)
    }
}
