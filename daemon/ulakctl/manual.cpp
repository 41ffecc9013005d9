#include "ulakctl/manual.hpp"

#include "job/document.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"
#include "ulakctl/command_reference.hpp"
#include "ulakctl/roff.hpp"
#include "ulakd/settings_table.hpp"

namespace ulak::ctl {

namespace {

std::string option_text(const option_reference& o)
{
    std::string names;
    for (const std::string& name : o.names)
        names += (names.empty() ? "\\fB" : ", \\fB") + roff_escaped(name) + "\\fR";
    return ".TP\n" + names + (o.takes_value ? " \\fIVALUE\\fR" : "") + "\n" + roff_escaped(o.help) + "\n";
}

std::string command_text(const command_reference& row)
{
    std::string out = ".SS " + roff_escaped(row.definition->name) + "\n" + roff_escaped(row.definition->help) + ".\n";
    for (const option_reference& o : row.positionals)
        out += ".TP\n\\fI" + roff_escaped(o.value) + "\\fR\n" + roff_escaped(o.help) + "\n";
    for (const option_reference& o : row.options)
        if (o.names.back() != "--help")
            out += option_text(o);
    return out + example(row.definition->examples);
}

constexpr char socket_text[] = R"(.SH OPTIONS
.TP
\fB\-\-socket\fR \fIPATH\fR
Control socket of ulakd; $ULAK_SOCKET, else /run/ulak/ulak.sock.
.TP
\fB\-o\fR, \fB\-\-output\fR \fIFORM\fR
table, json, csv for report and show \-\-items, or sarif for check.
.TP
\fB\-q\fR, \fB\-\-quiet\fR
The value alone: a code, a run's id, a balance.
.SH ENVIRONMENT
ULAK_SOCKET, ULAK_CONFIG, NO_COLOR.
.SH EXIT STATUS
0 ok; 1 the run failed; 2 usage; 3 no daemon; 4 problems in files; 5 refused by policy (budget, window, pause);
6 needs attention; 7 wait timed out (the run goes on).
.SH SEE ALSO
\fBulakd\fR(8), \fBulak.yaml\fR(5), \fBulak\-job\fR(5)
)";

constexpr char ulakd_text[] = R"(.SH SYNOPSIS
\fBulakd\fR [\fB\-\-config\fR \fIFILE\fR] [\fB\-\-check\fR | \fB\-\-init\fR [\fB\-\-forget\fR] | \fB\-\-no\-create\fR] [\fB\-\-allow\-literal\-secrets\fR]
.SH DESCRIPTION
Runs jobs written in YAML that send SMS, rent numbers for one\-time codes, watch balances and place panel orders. What
costs money is on disk before it leaves and after it came back, so that nothing is paid twice.
.SH OPTIONS
.TP
\fB\-\-config\fR \fIFILE\fR
Configuration; $ULAK_CONFIG, else /etc/ulak/ulak.yaml.
.TP
\fB\-\-check\fR
Checks the configuration and all jobs, prints every problem with file, line and column, and ends with 0 or 4.
.TP
\fB\-\-allow\-literal\-secrets\fR
Lets ulak.yaml hold secrets itself, for trying things out.
.TP
\fB\-\-init\fR [\fB\-\-forget\fR]
Makes the first store in state_dir and ends; a store that is there is left alone. Where one was lost it refuses, unless it
is told to forget it: what is left is renamed, and opt\-outs, budgets and open numbers begin anew.
.TP
\fB\-\-no\-create\fR
Ends with 6 where there is no store. Without it a start makes one in a folder where nothing shows that there was one.
.SH SIGNALS
.TP
SIGHUP
Reads ulak.yaml and the jobs anew. A file with errors keeps its last good version; accounts in use and what is fixed at
the start are refused with the reason.
.TP
SIGTERM, SIGINT
Nothing new begins, costly calls come to their outcome, open numbers stay in the store for the next start. A second one
hurries.
.TP
SIGUSR1
Opens the log file anew, after logrotate moved it.
.SH FILES
/etc/ulak/ulak.yaml, /etc/ulak/jobs.d, /etc/ulak/secrets, /var/lib/ulak/ulak.db, /run/ulak/ulak.sock, /run/ulak/view.sock
.SH EXIT STATUS
0 stopped as asked; 1 cannot run; 2 usage; 4 problems in files; 6 the store is lost, or others can write to it.
.SH SEE ALSO
\fBulakctl\fR(1), \fBulak.yaml\fR(5), \fBulak\-job\fR(5)
)";

void add_keys(const yaml::shape& s, const std::string& path, std::string& out);

void add_key(const yaml::key& k, const std::string& path, std::string& out)
{
    const std::string name = path.empty() ? k.name : path + "." + k.name;
    out += ".TP\n\\fB" + roff_escaped(name) + "\\fR" + (k.required ? " (required)" : "") + "\n" +
           roff_escaped(k.value->doc);
    if (k.value->default_value)
        out += " Default: " + roff_escaped(*k.value->default_value) + ".";
    for (std::size_t i = 0; i < k.value->choices.size(); ++i)
        out += (i == 0 ? " One of " : ", ") + roff_escaped(k.value->choices[i]);
    if (!k.value->example.empty())
        out += " Example: " + roff_escaped(k.value->example);
    out += "\n";
    add_keys(*k.value, name, out);
}

void add_keys(const yaml::shape& s, const std::string& path, std::string& out)
{
    if (s.item)
        add_keys(*s.item, s.value_type == yaml::type::map ? path + ".NAME" : path + "[]", out);
    for (const yaml::key& k : s.keys)
        add_key(k, path, out);
}

} // namespace

std::string ulakctl_page()
{
    std::string out = heading("ulakctl", "1", "drives ulakd, the automation daemon");
    out += ".SH SYNOPSIS\n\\fBulakctl\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]\n.SH COMMANDS\n";
    for (const command_reference& row : command_references())
        out += command_text(row);
    return out + socket_text;
}

std::string ulakd_page()
{
    return heading("ulakd", "8", "automation daemon for SMS, one-time codes and panel orders") + ulakd_text;
}

std::string config_page()
{
    std::string out = heading("ulak.yaml", "5", "configuration of ulakd");
    out += ".SH KEYS\n";
    add_keys(*daemon::settings_table(), "", out);
    return out + ".SH SEE ALSO\n\\fBulakd\\fR(8), \\fBulak\\-job\\fR(5)\n";
}

std::string job_page()
{
    std::string out = heading("ulak-job", "5", "job files of ulakd");
    out += ".SH DESCRIPTION\nEvery *.yaml in the jobs folder is one job; the file's name is the job's name.\n"
           ".SH KEYS OF EVERY JOB\n";
    add_keys(*job::common_keys(), "", out);
    for (const job::kind_definition& kind : kinds::kind_tables()) {
        out += ".SH KIND " + roff_escaped(kind.name) + "\n" + roff_escaped(kind.keys->doc) + "\n";
        add_keys(*kind.keys, "", out);
    }
    return out + ".SH SEE ALSO\n\\fBulakctl\\fR(1), \\fBulak.yaml\\fR(5)\n";
}

} // namespace ulak::ctl
