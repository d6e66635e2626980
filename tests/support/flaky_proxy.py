#!/usr/bin/env python3
"""A bad way to a real registry, or a plain forward proxy; ends with its standard input.

    flaky_proxy.py HOST:PORT [FAULT…]   passes requests on to the registry there; the first manifests and blobs
                                        asked for meet the faults, one each:
                                          503         overloaded, without a word on when to come back
                                          429=S       too many requests, Retry-After: S seconds
                                          429@S       the same with a date S seconds from now
                                          cut=N       the connection breaks after N bytes of the body
                                          reset       it breaks at once
                                          ok          nothing happens
                                        With a method before it (PATCH:cut=N) a fault waits for such a request, and
                                        is about the body that is sent there:
                                          cut=N       the connection breaks after N bytes, nothing was passed on
                                          pass=N      it breaks after N bytes, which were passed on
                                          lost        all was passed on, and the answer is lost
    flaky_proxy.py -                    forwards what is asked of it as of a proxy (GET http://…, CONNECT)

The first line of standard output is its port, then a line each request: what was asked, what became of it, and
how many bytes of a body came.
"""
import email.utils
import http.client
import http.server
import socket
import sys
import threading
import time

upstream, faults = sys.argv[1], sys.argv[2:]
lock = threading.Lock()


def say(*words):
    with lock:
        print(*words, flush=True)


def next_fault(method, path):
    with lock:
        if not faults or not ('/manifests/' in path or '/blobs/' in path):
            return 'ok'
        wanted, _, fault = faults[0].rpartition(':')
        if method != (wanted or 'GET'):
            return 'ok'
        faults.pop(0)
        return fault


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *ignored):
        pass

    def do_CONNECT(self):
        say('CONNECT', self.path)
        host, port = self.path.rsplit(':', 1)
        there = socket.create_connection((host, int(port)))
        self.send_response(200)
        self.end_headers()

        def copy(source, target):
            try:
                while data := source.recv(65536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass
        back = threading.Thread(target=copy, args=(there, self.connection))
        back.start()
        copy(self.connection, there)
        back.join()
        self.close_connection = True

    def do_GET(self):
        host, path = upstream, self.path
        if upstream == '-':
            host, path = path.split('://', 1)[1].split('/', 1)
            path = '/' + path
        fault = next_fault('GET', path)
        say('GET', self.path, fault)
        kind, value = fault[:4], fault[4:]
        if kind == '503' or kind.startswith('429'):
            self.send_response(int(kind[:3]))
            if kind == '429=':
                self.send_header('Retry-After', value)
            if kind == '429@':
                self.send_header('Retry-After', email.utils.formatdate(time.time() + int(value), usegmt=True))
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        if fault == 'reset':
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        registry = http.client.HTTPConnection(host)
        registry.request('GET', path, headers=dict(self.headers.items()))
        answer = registry.getresponse()
        body = answer.read()
        self.pass_on(answer)
        if kind == 'cut=':
            self.wfile.write(body[:int(value)])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self.wfile.write(body)

    def pass_on(self, answer):
        self.send_response_only(answer.status)
        for name, content in answer.getheaders():
            self.send_header(name, content)
        self.end_headers()

    def hang_up(self):
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def change(self):
        fault = next_fault(self.command, self.path)
        kind, _, value = fault.partition('=')
        size = int(self.headers.get('Content-Length', 0))
        body = self.rfile.read(min(size, int(value)) if kind in ('cut', 'pass') else size)
        say(self.command, self.path, fault, len(body))
        if kind in ('503', '429'):
            self.send_response(int(kind))
            if value:
                self.send_header('Retry-After', value)
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        if kind in ('cut', 'reset'):
            self.hang_up()
            return
        registry = http.client.HTTPConnection(upstream)
        registry.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, content in self.headers.items():
            registry.putheader(name, content)
        registry.endheaders(body)
        if kind == 'pass':
            registry.close()
            self.hang_up()
            return
        answer = registry.getresponse()
        rest = answer.read()
        if kind == 'lost':
            self.hang_up()
            return
        self.pass_on(answer)
        self.wfile.write(rest)

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = change


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
say(server.server_port)
sys.stdin.read()
