//! A web site of somebody else, on loopback: pages by path, and what was asked of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use crate::relay::loopback;

/// Pages by path.
type Pages = BTreeMap<&'static str, String>;

/// A running site. It serves for as long as the process lives.
pub struct Site {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves these pages, with this header line besides; everything else is not found.
    pub fn serve(pages: Pages, header: &'static str) -> Self {
        let listener = TcpListener::bind(loopback()).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let (heard, pages) = (Arc::clone(&asked), Arc::new(pages));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heard, pages) = (Arc::clone(&heard), Arc::clone(&pages));
                std::thread::spawn(move || answer(&stream, &pages, header, &heard));
            }
        });
        Self { port, asked }
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The address of a page, under this name of the host.
    pub fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// The request lines that came, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(stream: &TcpStream, pages: &Pages, header: &str, heard: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(request)) = lines.next() else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let path = request.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let page = pages.get(path);
    heard.lock().unwrap().push(request.clone());
    let (status, body) = page.map_or(("404 Not Found", ""), |page| ("200 OK", page.as_str()));
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{header}Connection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
}
