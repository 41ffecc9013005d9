// From the file's keys to `settings`, with what is wrong across keys.
#include "kinds/loading.hpp"
#include "kinds/sms_send/csv_file.hpp"
#include "kinds/sms_send/sms_run.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <filesystem>

namespace ulak::kinds::sms {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// TopluSMS documents 1 to 48 hours.
constexpr std::chrono::hours longest_validity(48);

std::string hours_text(std::chrono::milliseconds d)
{
    return duration_text(d);
}

/// The path as it is opened; `below` is set for relative ones.
void resolve_csv(checker& check, const yaml::reader& r, recipient_settings& to)
{
    const fs::path given(r.text("csv"));
    if (given.is_absolute()) {
        to.csv = given.string();
        return;
    }
    const fs::path root = fs::absolute(check.context().config_dir).lexically_normal();
    const fs::path job = check.file().file.empty() ? root : fs::absolute(fs::path(check.file().file).parent_path());
    const fs::path whole = (job / given).lexically_normal();
    const fs::path inside = whole.lexically_relative(root);
    if (inside.empty() || *inside.begin() == "..")
        return check.error(r, "csv", codes::path_outside_config, "the path leaves the configuration folder",
                           "put the file below " + root.string() + ", or give an absolute path");
    to.csv = whole.string();
    to.base_folder = root.string();
}

/// The columns, where the file is there already.
std::vector<std::string> columns_of(checker& check, const yaml::reader& r, const recipient_settings& to)
{
    if (check.context().for_stored_run)
        return {};
    auto file = csv_file::open(to.csv, to.base_folder);
    if (!file) {
        const auto& e = file.error();
        if (e.code == errc::not_found)
            check.warning(r, "csv", codes::csv_missing, e.message, "the run fails if it is not there by then");
        else
            check.error(r, "csv", e.code == errc::forbidden ? codes::path_outside_config : codes::bad_csv, e.message);
        return {};
    }
    const auto& columns = file->columns();
    if (std::find(columns.begin(), columns.end(), to.phone_column) != columns.end())
        return columns;
    const auto near = nearest(to.phone_column, columns);
    check.error(r, r.has("phone") ? "phone" : "csv", codes::bad_csv,
                "the file has no column " + printable(to.phone_column, 80),
                near ? "did you mean " + *near + "?" : std::string());
    return columns;
}

void read_exclude(checker& check, const yaml::reader& r, recipient_settings& to)
{
    constexpr std::string_view within = "sent-within";
    std::size_t at = 0;
    for (const std::string& word : r.texts("exclude")) {
        const std::size_t index = at++;
        if (word == "opt-out")
            continue;
        auto span = word.starts_with(within) ? parse_duration(trim(std::string_view(word).substr(within.size())))
                                             : result<std::chrono::milliseconds>(error(errc::invalid_argument, ""));
        if (span && *span > 0ms)
            to.sent_within = *span;
        else
            check.error_at(r, r.place_of_item("exclude", index), codes::bad_exclude,
                           "exclude knows opt-out and sent-within TIME, not " + printable(word, 80), "sent-within 24h");
    }
}

void read_list(checker& check, const yaml::reader& r, recipient_settings& to)
{
    std::size_t at = 0;
    for (const std::string& entry : r.texts("list")) {
        const auto where = r.place_of_item("list", at++);
        auto parsed = job::text_template::parse(entry);
        if (!parsed) {
            check.error_at(r, where, codes::bad_phone, parsed.error().message);
            continue;
        }
        for (const std::string& name : parsed->names()) {
            const auto known = check.parameter_names();
            if (std::find(known.begin(), known.end(), name) == known.end())
                check.error_at(r, where, codes::unknown_name, "no parameter is named " + printable(name, 80),
                               "declare it under params");
        }
        if (parsed->is_literal())
            if (auto number = phone::parse(literal_part(*parsed)); !number)
                check.error_at(r, where, codes::bad_phone, printable(entry, 40) + ": " + number.error().message);
        to.numbers.push_back(std::move(*parsed));
    }
}

std::vector<std::string> read_recipients(checker& check, const yaml::reader& r, recipient_settings& to)
{
    to.phone_column = r.text("phone");
    to.stop_on_invalid = r.text("on_invalid") == "stop";
    read_exclude(check, r, to);
    if (r.has("csv") == r.has("list")) {
        check.error_at(r, r.place_of_record(), codes::recipients_choice,
                       "exactly one of csv and list says who the recipients are");
        return {};
    }
    if (r.has("list")) {
        read_list(check, r, to);
        return {};
    }
    resolve_csv(check, r, to);
    return to.csv.empty() ? std::vector<std::string>() : columns_of(check, r, to);
}

bool sender_letter(char c)
{
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == ' ' || c == '*' || c == '-' || c == '.';
}

void check_sender(checker& check, const yaml::reader& r, const std::string& sender)
{
    const bool fits =
        sender.size() >= 3 && sender.size() <= 11 && std::all_of(sender.begin(), sender.end(), sender_letter);
    if (!fits)
        check.error(r, "sender", codes::bad_sender,
                    "a sender has 3 to 11 ASCII letters, digits, blanks, * - or dots, not \"" + printable(sender, 40) +
                        "\"");
}

void read_message(checker& check, const yaml::reader& r, const std::vector<std::string>& columns, bool columns_known,
                  const providers::account& who, message_settings& m)
{
    m.commercial = r.text("type") == "commercial";
    m.sender = r.text("sender");
    m.recipient_type = m.commercial && who.sms->needs_recipient_type() ? r.text("recipient_type") : std::string();
    const std::string encoding = r.text("encoding");
    m.encoding = encoding == "tr"   ? encoding_choice::turkish
                 : encoding == "en" ? encoding_choice::english
                                    : encoding_choice::automatic;
    if (r.has("max_segments"))
        m.max_segments = static_cast<std::size_t>(r.integer("max_segments"));
    check_sender(check, r, m.sender);
    if (columns_known) {
        m.text = check.text(r, "text", columns);
    } else if (auto t = job::text_template::parse(r.text("text"))) {
        m.text = std::move(*t); // the names are checked when the file is there
    } else {
        check.error(r, "text", codes::unknown_name, t.error().message);
    }
    if (r.has("validity")) {
        const auto wish = r.duration("validity");
        m.validity = std::chrono::duration_cast<std::chrono::hours>(wish);
        if (!who.sms->takes_validity())
            check.error(r, "validity", codes::bad_validity, who.provider + " documents no validity");
        else if (*m.validity != wish || *m.validity < 1h || *m.validity > longest_validity)
            check.error(r, "validity", codes::bad_validity, "validity is 1 to 48 whole hours, not " + hours_text(wish));
    }
    const std::string literal = literal_part(m.text);
    if (trim(literal).empty())
        return; // all of it comes from names
    if (auto fits = measure(literal, limits_of(m, who)); !fits)
        check.error(r, "text",
                    fits.error().message.find("segments") == std::string::npos ? codes::wrong_alphabet
                                                                               : codes::text_too_long,
                    fits.error().message);
}

void read_window(checker& check, const yaml::reader& own, settings& s)
{
    if (!own.has("window") && !s.message.commercial)
        return;
    const yaml::reader r = own.record("window");
    job::window w;
    w.zone = check.context().zone;
    auto from = job::parse_time_of_day(r.text("from"));
    auto to = job::parse_time_of_day(r.text("to"));
    if (!from)
        check.error(r, "from", codes::bad_window, from.error().message);
    if (!to)
        check.error(r, "to", codes::bad_window, to.error().message);
    if (const auto words = r.texts("days"); !words.empty()) {
        auto days = job::parse_days(words);
        if (!days)
            check.error(r, "days", codes::bad_window, days.error().message);
        else
            w.days = *days;
    }
    if (!from || !to)
        return;
    w.from = *from;
    w.to = *to;
    if (w.from == w.to || !w.next_open(from_unix_ms(0)))
        return check.error_at(own, own.place_of("window"), codes::bad_window, "this window never opens");
    s.window = w;
}

void read_chunk(checker& check, const yaml::reader& own, const providers::account& who, settings& s)
{
    s.chunk = static_cast<std::size_t>(own.integer("chunk"));
    const std::size_t most = who.sms ? who.sms->max_recipients() : s.chunk;
    if (s.chunk > most && own.has("chunk"))
        check.error(own, "chunk", codes::too_many_at_once,
                    who.provider + " takes at most " + std::to_string(most) + " numbers in one call");
    s.chunk = std::min(s.chunk, most);
}

void read_rehearsal(checker& check, const yaml::reader& own, settings& s)
{
    if (!own.has("rehearse"))
        return;
    const yaml::reader r = own.record("rehearse");
    rehearsal_settings first;
    first.wait = r.duration("wait");
    std::size_t at = 0;
    for (const std::string& entry : r.texts("to")) {
        const auto where = r.place_of_item("to", at++);
        auto number = phone::parse(entry);
        if (number)
            first.to.push_back(number->digits());
        else
            check.error_at(r, where, codes::bad_phone, printable(entry, 40) + ": " + number.error().message);
    }
    s.rehearsal = std::move(first);
}

} // namespace

std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found)
{
    checker check(file, around, found);
    const yaml::reader& own = *file.kind_keys;
    settings s;
    s.account = own.text("account");
    const auto columns = read_recipients(check, own.record("recipients"), s.recipients);
    if (own.has("pace"))
        s.pace = own.rate("pace");
    s.track_for = own.record("track").duration("for");
    read_rehearsal(check, own, s);
    const auto who = check.account(own, "account");
    if (!who)
        return nullptr;
    if (!who->sms) {
        check.error(own, "account", codes::unsupported_capability, who->name + " (" + who->provider + ") sends no SMS");
        return nullptr;
    }
    check.check_budget(*who);
    const bool columns_known = s.recipients.csv.empty() || !columns.empty();
    read_message(check, own.record("message"), columns, columns_known, *who, s.message);
    read_window(check, own, s);
    read_chunk(check, own, *who, s);
    if (check.failed())
        return nullptr;
    return std::make_shared<const send_job>(std::move(s));
}

} // namespace ulak::kinds::sms
