"""Variants that a real nginx gives to users: writes experiment-split-clients.json.

Starts the nginx on PATH with one split_clients block per split on a free port, asks for each user, records the answers.
Usage: python3 tests/vectors/experiment-split-clients.py
"""
import http.client, json, pathlib, socket, subprocess, tempfile, time, urllib.parse

SPLITS = [
    {"salt": "experiment-7", "parts": [["candidate", 20]]},
    {"salt": "experiment-8", "parts": [["candidate", 20]]},
    {"salt": "", "parts": [["candidate", 0.01]]},
    {"salt": "e", "parts": [["candidate", 99.99]]},
    {"salt": "abn", "parts": [["a", 33.33], ["b", 33.33], ["c", 12.5]]},
]
USERS = ["", "a", "ab", "abc", "abcd", "zoë", "用户", "u" * 200] + [f"user-{i}" for i in range(392)]

with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]
blocks = "".join(
    f'split_clients "{s["salt"]}$http_x_user_id" $v{i} {{ ' + "".join(f"{p}% {n}; " for n, p in s["parts"]) + "* production; }\n"
    for i, s in enumerate(SPLITS)
)
body = " ".join(f"$v{i}" for i in range(len(SPLITS)))
with tempfile.TemporaryDirectory() as d:
    conf = pathlib.Path(d) / "nginx.conf"
    conf.write_text(
        f"daemon off; master_process off; pid {d}/pid; error_log {d}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {d}/b; proxy_temp_path {d}/p; fastcgi_temp_path {d}/f; uwsgi_temp_path {d}/u; scgi_temp_path {d}/s;\n"
        f'{blocks} server {{ listen 127.0.0.1:{port}; location / {{ return 200 "{body}"; }} }} }}'
    )
    server = subprocess.Popen(["nginx", "-e", f"{d}/error.log", "-c", str(conf)])
    try:
        time.sleep(1)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        answers = []
        for user in USERS:
            connection.request("GET", "/", headers={"X-User-Id": user.encode()})
            answers.append(connection.getresponse().read().decode().split())
    finally:
        server.terminate()
        server.wait()
version = subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.strip()
splits = [{**s, "variants": [a[i] for a in answers]} for i, s in enumerate(SPLITS)]
out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"source": version, "users": USERS, "splits": splits}, ensure_ascii=False) + "\n")
