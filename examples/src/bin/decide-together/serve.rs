//! A server on this computer alone, for one page and its answers, and a sender that stands in for a browser.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use crate::Outcome;

/// Bytes of answers at most.
const LARGEST: u64 = 256 * 1024;

/// Path to which the page sends its answers.
pub(crate) const ANSWERS: &str = "/answers";

/// Where the page is given out and its answers are taken.
pub(crate) struct Desk {
    server: Server,
    address: SocketAddr,
}

impl Desk {
    /// On a port that is free.
    pub(crate) fn open() -> Outcome<Self> {
        let server = Server::http("127.0.0.1:0").map_err(|e| format!("the server cannot be started: {e}"))?;
        let address = server.server_addr().to_ip().ok_or("the server has no address")?;
        Ok(Desk { server, address })
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Gives the page out until its answers come.
    pub(crate) fn answers(&self, page: &str, within: Duration) -> Outcome<String> {
        let until = Instant::now() + within;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Some(mut request) = self.server.recv_timeout(left)? else {
                return Err("nobody sent answers in time".into());
            };
            match (request.method(), request.url()) {
                (Method::Get, "/") => give(request, 200, page)?,
                (Method::Post, ANSWERS) => {
                    let mut answers = String::new();
                    request.as_reader().take(LARGEST).read_to_string(&mut answers)?;
                    give(request, 200, "<!doctype html><title>Thank you</title><p>Thank you.")?;
                    return Ok(answers);
                }
                _ => give(request, 404, "<!doctype html><title>Nothing here</title><p>There is nothing here.")?,
            }
        }
    }
}

fn give(request: Request, status: u16, page: &str) -> Outcome<()> {
    let kind = Header::from_bytes("content-type", "text/html; charset=utf-8").map_err(|()| "no such header")?;
    Ok(request.respond(Response::from_string(page).with_status_code(StatusCode(status)).with_header(kind))?)
}

/// Asks for the page and sends answers, as a browser does.
pub(crate) struct Sender(JoinHandle<Result<String, String>>);

impl Sender {
    pub(crate) fn start(desk: &Desk, answers: String) -> Outcome<Self> {
        let address = desk.address;
        let send = move || {
            let page = ask(address, "GET / HTTP/1.0\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
            let (kind, length) = ("content-type: application/json", answers.len());
            let head = format!("POST {ANSWERS} HTTP/1.0\r\nhost: localhost\r\nconnection: close\r\n{kind}");
            ask(address, &format!("{head}\r\ncontent-length: {length}\r\n\r\n{answers}"))?;
            Ok(page)
        };
        Ok(Sender(std::thread::Builder::new().spawn(send)?))
    }

    /// Whether the page came as it was given out.
    pub(crate) fn ended(self, page: &str) -> Outcome<()> {
        let got = self.0.join().map_err(|_| "the sender stopped")??;
        if got.contains(page) { Ok(()) } else { Err("the page did not come whole".into()) }
    }
}

fn ask(address: SocketAddr, request: &str) -> Result<String, String> {
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    asked().map_err(|e| format!("the server does not answer: {e}"))
}
