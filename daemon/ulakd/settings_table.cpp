#include "ulakd/settings_table.hpp"

#include "providers/common_account_keys.hpp"

#include <algorithm>

// A namespace of its own, so that the builders of yaml can be named without theirs.
namespace ulak::daemon::table {

namespace {

using namespace yaml;

shape_ptr control_table()
{
    return record(
        "The two Unix sockets that ulakctl and scripts talk to.",
        {optional("socket", text("Operators' socket: everything."), "/run/ulak/ulak.sock"),
         optional("view_socket",
                  text("Read-only socket that shows nothing of people; beside `socket` if it is not given."))});
}

shape_ptr log_table()
{
    return record(
        "What is logged, and where.",
        {optional("level", choice("The least level that is written.", {"debug", "info", "notice", "warning", "error"}),
                  "info"),
         optional("format",
                  choice("auto: journald under systemd, text on a terminal, else JSON lines.",
                         {"auto", "journald", "text", "json"}),
                  "auto"),
         optional("file", text("Write here instead of standard error; SIGUSR1 opens it anew."))});
}

shape_ptr retention_table()
{
    return record(
        "How long things are kept.",
        {optional("runs", duration("Finished runs, events, notices and balances. What was paid stays."), "90d"),
         optional("items",
                  duration("Recipients of finished runs, with their parameters, evidence and texts. A hash of the "
                           "number stays as long as a sent-within asks for it."),
                  "30d"),
         optional("codes", duration("One-time codes after they came."), "10m")});
}

shape_ptr otp_table()
{
    return record("What `ulakctl otp` and POST /v1/otp may spend without a job file.",
                  {optional("max_price", amount("Of one number: a dearer one is refused.", "20 TRY"), "50 TRY"),
                   optional("day", amount("Of all of them in a day of the time zone.", "200 TRY"), "500 TRY")});
}

/// The keys of every protocol in one record; whether a key fits the account's provider is checked afterwards, where the
/// message can say whose key it is.
shape_ptr account_table()
{
    std::vector<key> keys = providers::common_account_keys();
    for (const providers::protocol_descriptor& protocol : providers::protocols())
        for (const key& own : protocol.keys)
            if (std::none_of(keys.begin(), keys.end(), [&](const key& k) { return k.name == own.name; }))
                keys.push_back(optional(own.name, own.value));
    return record("One account at one provider.", std::move(keys));
}

shape_ptr channel_table()
{
    return record(
        "A way to tell people: exactly one of webhook, sms and exec.",
        {optional("webhook", text("HTTPS address that gets each notice as JSON.", "https://hooks.example.com/ulak")),
         optional("sign", yaml::secret("Key of the X-Ulak-Signature header.")),
         optional("sms", record("The notice's text as an informational SMS; it costs.",
                                {required("account", text("An account that sends SMS.")),
                                 required("sender", text("Sender title, as the provider approved it.")),
                                 required("to", list("Turkish mobile numbers.", text("A number."), 1, 20))})),
         optional("exec", list("A program and its arguments, which are templates over the notice; the notice is its "
                               "standard input. No shell. An argument is an option only if it is written as one. It "
                               "has 30 s, then it is killed with its process group.",
                               text("An argument."), 1, 64))});
}

shape_ptr whole_file()
{
    return record(
        "Configuration of ulakd.",
        {required("version", integer("Version of this format: 1.", 1, 1)),
         optional("time_zone", text("Zone of schedules, windows and days.", "Europe/Istanbul"), "Europe/Istanbul"),
         optional("state_dir",
                  text("Folder of ulak.db, not writable by others; $STATE_DIRECTORY or /var/lib/ulak if it is not "
                       "given. A store that was in it and is gone is not made anew: see ulakd --init.")),
         optional("jobs_dir", text("Every *.yaml in it is one job."), "jobs.d"), optional("control", control_table()),
         optional("metrics", record("Prometheus metrics over HTTP; absent: only on the control socket.",
                                    {required("listen", text("Loopback address and port.", "127.0.0.1:9464"))})),
         optional("log", log_table()), optional("retention", retention_table()), optional("otp", otp_table()),
         optional(
             "tls",
             record("Whom to trust.",
                    {optional(
                        "ca_file",
                        text("Certificates in PEM; the system's if it is not given. A reload reads the file anew."))})),
         optional("accounts", map("Accounts at providers, by a name of your choice.", account_table())),
         optional("channels", map("Ways to tell people, by a name of your choice.", channel_table()))});
}

} // namespace

} // namespace ulak::daemon::table

namespace ulak::daemon {

yaml::shape_ptr settings_table()
{
    return table::whole_file();
}

} // namespace ulak::daemon
