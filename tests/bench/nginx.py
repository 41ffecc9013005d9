"""An nginx with TLS 1.3 on loopback, one worker, pinned; its own count of requests is what every client is measured by."""
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log crit;
events {{ worker_connections 8192; }}
http {{
  access_log off; keepalive_requests 1000000000; keepalive_timeout 1h; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  ssl_certificate {folder}/leaf.pem; ssl_certificate_key {folder}/leaf.key; ssl_protocols TLSv1.3; default_type application/json;
  server {{ listen 127.0.0.1:{kept} ssl backlog=4096; location / {{ return 200 '{answer}'; }} }}
  server {{ listen 127.0.0.1:{forgetful} ssl backlog=4096; ssl_session_tickets off; ssl_session_cache off;
           location / {{ return 200 '{answer}'; }} }}
  server {{ listen 127.0.0.1:{status}; location / {{ stub_status; }} }}
}}
"""
ANSWER = '{"id":100,"status":0,"code":null,"title":"waiting"}'
AUTHORITY = ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout ca.key -out ca.pem "
             "-subj /CN=bench -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign")
LEAF = ("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout leaf.key -out leaf.csr -subj /CN=127.0.0.1",
        "openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out leaf.pem -extfile leaf.ext")
LEAF_EXTENSIONS = "subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """`kept` gives session tickets, `forgetful` makes every handshake a full one."""

    def __init__(self, cpu):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ulak-bench-"))
        self.kept, self.forgetful, self.status = free_port(), free_port(), free_port()
        (self.folder / "leaf.ext").write_text(LEAF_EXTENSIONS)
        for command in (AUTHORITY, *LEAF):
            subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True)
        text = CONFIGURATION.format(folder=self.folder, answer=ANSWER, kept=self.kept, forgetful=self.forgetful,
                                    status=self.status)
        (self.folder / "nginx.conf").write_text(text)
        self.process = subprocess.Popen(["taskset", "-c", str(cpu), "nginx", "-c", str(self.folder / "nginx.conf")],
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        self.wait_until_up()

    def wait_until_up(self):
        for _ in range(100):
            try:
                self.requests()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("nginx did not start: " + (self.folder / "error.log").read_text())

    def counters(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.status}/", timeout=30) as answer:
            return [int(word) for word in answer.read().split() if word.isdigit()]

    def requests(self):
        return self.counters()[3]

    def open_connections(self):
        return self.counters()[0]

    def authority(self):
        return str(self.folder / "ca.pem")

    def stop(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
