//! The listening socket of a simulator, which can be given up and taken again, and connections that can be cut.

use super::clockwork::Clockwork;
use axum::body::Body;
use axum::extract::connect_info::Connected;
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How long to wait before trying again to listen or to accept.
pub(super) const RETRY_MS: u64 = 50;

/// The listening socket, which can be given up and taken again.
pub(super) struct Door {
    address: SocketAddr,
    socket: Option<TcpListener>,
    is_down: watch::Receiver<bool>,
    clock: Clockwork,
}

impl Door {
    pub(super) const fn new(
        address: SocketAddr,
        socket: TcpListener,
        is_down: watch::Receiver<bool>,
        clock: Clockwork,
    ) -> Self {
        Self { address, socket: Some(socket), is_down, clock }
    }

    /// A connection, or nothing when it is to be asked again.
    async fn try_accept(&mut self) -> io::Result<Option<(Wire, SocketAddr)>> {
        if *self.is_down.borrow_and_update() {
            self.socket = None;
            // When nobody can open the door any more, it stays shut.
            if self.is_down.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
            return Ok(None);
        }
        let socket = match self.socket.take() {
            Some(socket) => socket,
            None => TcpListener::bind(self.address).await?,
        };
        let socket = self.socket.insert(socket);
        tokio::select! {
            accepted = TcpListener::accept(socket) => accepted.map(|(stream, from)| Some((Wire::new(stream), from))),
            Ok(()) = self.is_down.changed() => Ok(None),
        }
    }
}

impl Listener for Door {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        loop {
            match self.try_accept().await {
                Ok(Some(accepted)) => return accepted,
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "the simulator of AADE cannot listen");
                    self.clock.wait_ms(RETRY_MS).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// A connection that can be cut from outside.
pub(super) struct Wire {
    stream: TcpStream,
    scissors: Scissors,
}

impl Wire {
    fn new(stream: TcpStream) -> Self {
        // An answer must not wait for the acknowledgement of its own headers.
        let _ = stream.set_nodelay(true);
        Self { stream, scissors: Scissors::default() }
    }

    /// With zero linger, closing sends a reset instead of a polite end.
    fn reset(&self) -> io::Error {
        let _ = self.stream.set_zero_linger();
        io::ErrorKind::ConnectionReset.into()
    }
}

/// Cuts a connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Scissors(Arc<AtomicBool>);

impl Scissors {
    /// The response returned is never written.
    pub(super) fn cut(&self) -> Response {
        self.0.store(true, Ordering::Release);
        Response::new(Body::empty())
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Connected<IncomingStream<'_, Door>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().scissors.clone()
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
