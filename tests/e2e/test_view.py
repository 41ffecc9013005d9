"""The view socket after a day's work: whoever may only look finds nothing of the people that the jobs dealt with."""
import re
import unittest

from sandbox import Case, wait_until

NAME, TEXT, LINK, REASON, DESCRIPTION, DEFAULT, CODE = (
    "Kanarya Ayşe", "Randevunuz kanarya", "https://example.com/kanarya", "kanarya asked 0555 888 00 05", "for kanarya 0555 888 00 06",
    "kanarya-default", "314159")
NUMBERS = ["5558880001", "5558880002", "5558880003", "5558880004", "5558880005", "5558880006"]
CSV = f"phone,name\n0555 888 00 01,{NAME}\n+90 (555) 888-00-02,{NAME}\n5558880003,{NAME}\nkanarya,{NAME}\n"
LETTERS = f"""kind: sms.send
description: "{DESCRIPTION}"
params: {{word: {{type: string, default: "{DEFAULT}"}}, who: {{type: phone, default: "5558880004"}}}}
account: %s
budget: {{run: 100 credits}}
recipients: {{csv: people.csv, phone: phone, on_invalid: skip}}
message: {{type: informational, sender: MARKA, text: "{TEXT} ${{name}} ${{word}} ${{who}}", encoding: auto}}
"""
OTP = """kind: otp.acquire
budget: {run: 20 TRY}
candidates: [{account: numbers, service: "1", on_timeout: cancel}]
wait: {code: 30s, poll: {first: 200ms, max: 500ms}}
length: 6
"""
ORDER = """kind: smm.order
params: {link: {type: url, required: true}}
budget: {run: 5 USD}
account: panel
service: "1"
link: "${link}"
quantity: 100
"""
WATCH = 'kind: balance.watch\nschedule: {every: 1h}\nwatch: [{account: bulk, below: 999999999 credits}]\n'
SECRET = ["anarya", "Randevunuz", CODE]


def digits_of(text):
    """Without what may stand between two digits of a number."""
    return re.sub(r"[ ().-]", "", text)


class View(Case):
    def work(self):
        h = self.sandbox(start=False, sim_options=["--otp-code", CODE, "--otp-after", "1s", "--delivery-after", "500ms", "--order-after", "1s"])
        (h.dir / "jobs.d/people.csv").write_text(CSV)
        for name, text in (("letters", LETTERS % "bulk"), ("doubts", LETTERS % "ilet"), ("otp", OTP), ("order", ORDER), ("watch", WATCH),
                           ("broken", f'kind: sms.send\nrecipients: {{list: ["{NAME}"]}}\n"{NAME}": 1\n')):
            h.job(name, text)
        h.start()
        h.post("/v1/suppressions", {"phones": ["5558880003", "5558880005"], "reason": REASON})
        h.fault("iletimerkezi.send-sms=html-after")
        runs = [h.run("letters", {"word": "kanarya-word"}), h.run("otp"), h.run("order", {"link": LINK}), h.run("watch"), h.run("doubts")]
        self.number = h.finish(runs[1])["result"]["number"]
        for run in runs[:4]:
            h.finish(run)
        wait_until("a doubt", lambda: "effect.ambiguous" in h.get("/v1/events").text)
        h.post(f"/v1/runs/{runs[4]['id']}/cancel")  # its evidence waits for a person
        h.finish(runs[4])
        return h

    def answers(self, h, socket):
        """Every answer that the routes have, by path."""
        runs = [r["id"] for r in h.get("/v1/runs").json["runs"]]
        names = {"{job}": [j["name"] for j in h.get("/v1/jobs").json["jobs"]] + ["0555 888 00 01"], "{id}": runs + ["5558880002"],
                 "{a}": ["bulk", "numbers"], "{phone}": ["0555 888 00 01"]}
        for route in h.get("/v1/", socket_path=socket).json["routes"]:
            if route["method"] != "GET":
                continue
            found = re.search(r"\{\w+\}", route["path"])
            for value in names[found.group()] if found else [""]:
                path = (route["path"].replace(found.group(), value) if found else route["path"]).replace(" ", "%20")
                got = h.get(path, socket_path=socket)
                yield path, f"{got.status} {got.headers} {got.text}"
        for path in ("/v1/attention?all=1", "/v1/runs?state=0555%20888%2000%2001", "/v1/5558880001", "/v1/spend?by=5558880001"):
            got = h.get(path, socket_path=socket)
            yield path, f"{got.status} {got.headers} {got.text}"

    def test_nothing_of_people_is_shown(self):
        h = self.work()
        for path, answer in self.answers(h, h.view_socket):
            with self.subTest(path=path):
                for secret in SECRET:
                    self.assertNotIn(secret, answer)
                for number in (*NUMBERS, self.number.lstrip("+")):
                    self.assertNotIn(number, digits_of(answer))

    def test_operators_see_it_all(self):
        h = self.work()
        shown = "".join(answer for _, answer in self.answers(h, h.socket))
        for told in (NAME, TEXT, LINK, REASON, DESCRIPTION, DEFAULT, CODE, self.number, "kanarya-word"):
            self.assertIn(told, shown)
        for number in NUMBERS:
            self.assertIn(number, digits_of(shown))
        for path, answer in self.answers(h, h.view_socket):
            self.assertNotIn("500 ", answer[:4], path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
