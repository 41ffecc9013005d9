#include "kinds/sms_send/keys.hpp"

namespace ulak::kinds::sms {
namespace {

using namespace yaml;

shape_ptr recipient_keys()
{
    return record(
        "Who gets the message: a file of rows, or a list of numbers.",
        {optional("csv", text("A file with a line of column names, as spreadsheets write it. Relative "
                              "to the job's file, and below the configuration folder, links included, unless absolute. "
                              "Never a file of the secrets folder; 1 GiB at most.",
                              "customers.csv")),
         optional("encoding",
                  choice("How the file's letters are written. auto: UTF-8 or UTF-16, with or without a byte order "
                         "mark, and Windows-1254 from the first letter on that can only be that.",
                         {"auto", "utf-8", "utf-16", "windows-1254"}),
                  "auto"),
         optional("separator",
                  text("What stands between the cells: one of , ; | or tab. auto: as the file says in a line "
                       "sep=;, else the one by which the first row names the phone column.",
                       ";"),
                  "auto"),
         optional("phone", text("The column that holds the number.", "gsm"), "phone"),
         optional("on_invalid",
                  choice("A row that cannot be used: skip it, or stop before anything is sent.", {"skip", "stop"}),
                  "skip"),
         optional("exclude",
                  list("Who is left out: opt-out (always, named or not) and sent-within TIME, whoever got a message "
                       "from any run since then. Asked once more when a call leaves.",
                       text("opt-out, or sent-within with a time.", "sent-within 24h"), 0, 10)),
         optional("list", list("Numbers, each a template.", template_text("A Turkish mobile number.", "5551112233"), 1,
                               10'000))});
}

shape_ptr message_keys()
{
    return record(
        "What is sent.",
        {required("type", choice("A legal property of the message: commercial needs consent and keeps to the window.",
                                 {"commercial", "informational"})),
         required("sender", text("The approved title: 3 to 11 ASCII letters, digits, blanks, * - or a dot.", "MARKA")),
         required("text", template_text("The message; names are params and columns.", "Hello ${name}, ...")),
         optional("encoding", choice("auto takes the smallest that holds the text.", {"auto", "tr", "en"}), "auto"),
         optional("unsupported",
                  choice("Letters that no SMS alphabet has, such as ’ “ … â and no-break spaces. replace: write what "
                         "stands for them, and skip a row with a letter for which nothing stands (where the provider "
                         "chooses the alphabet, its text goes as UCS-2). skip: skip such rows. stop: send nothing.",
                         {"replace", "skip", "stop"}),
                  "replace"),
         optional("validity", duration("How long the provider tries, in whole hours.", "24h")),
         optional("max_segments", integer("A longer text is refused.", 1, 30), "6"),
         optional("recipient_type",
                  choice("The consent register's list that a commercial message is checked against, where the provider "
                         "wants to know it.",
                         {"BIREYSEL", "TACIR"}),
                  "BIREYSEL")});
}

} // namespace

job::kind_definition table()
{
    job::kind_definition t;
    t.name = "sms.send";
    t.spends = true;
    t.keys = record(
        "Sends one or many SMS and follows them to the delivery report.",
        {required("account", text("An account that sends SMS.", "bulk")), required("recipients", recipient_keys()),
         required("message", message_keys()),
         optional("window", record("The hours in which people may be messaged; a run outside of them waits.",
                                   {optional("from", text("From this time of the day.", "09:00"), "09:00"),
                                    optional("to", text("Until just before this time.", "20:00"), "20:00"),
                                    optional("days", list("On these days; absent: every day.",
                                                          text("A day or a range.", "mon-fri"), 1, 7)),
                                    optional("not_on", list("On none of these days, whatever the hour. A window over "
                                                            "midnight belongs to the day on which it opens.",
                                                            text("A date, a span, a day of every year (10-29), "
                                                                 "holidays-tr for the public holidays of Turkey, or a "
                                                                 "file with one of them a line, read when the job is "
                                                                 "loaded.",
                                                                 "holidays-tr"),
                                                            1, 400))})),
         optional("send_until",
                  text("Nothing is sent from this time on: a time of the day (the first one after the run "
                       "was asked for) or a date with it. Who has no message by then is skipped, and the "
                       "run says so.",
                       "20:00")),
         optional("give_up_after",
                  duration("The same, counted from when the run was asked for, waiting included.", "6h")),
         optional("pace", rate("Of this job, beside the account's own.", "10 segments/s")),
         optional("chunk", integer("Numbers in one call.", 1, 50'000), "1000"),
         optional("rehearse", record("Send to these first, then wait: time to look, and to cancel.",
                                     {required("to", list("Numbers.", text("A number.", "5551112233"), 1, 20)),
                                      optional("wait", duration("Before the real send begins.", "5m"), "5m")})),
         optional("approve",
                  choice("other: a run begins only with the digest of a plan that another user of this machine has "
                         "made: `ulakctl plan JOB`, then somebody else's `ulakctl run JOB --plan DIGEST`.",
                         {"self", "other"}),
                  "self"),
         optional("track",
                  record("The delivery reports.",
                         {optional("for", duration("How long they are asked for at most; 0s: not at all.", "48h"),
                                   "48h")}))});
    return t;
}

} // namespace ulak::kinds::sms
