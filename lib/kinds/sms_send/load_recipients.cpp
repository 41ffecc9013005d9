#include "kinds/sms_send/load_recipients.hpp"

#include "core/phone.hpp"
#include "core/text.hpp"
#include "core/wall_time.hpp"
#include "kinds/sms_send/measure.hpp"

#include <algorithm>
#include <filesystem>

namespace ulak::kinds::sms {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t rows_looked_at = 1000, rows_told = 3;

/// Sets the path as it is opened, and where it may lie.
void resolve_csv(checker& check, const yaml::reader& r, recipient_settings& to)
{
    const fs::path given(r.text("csv"));
    std::error_code no_folder; // a current folder that is gone leaves a path as it is
    const auto whole_of = [&](const fs::path& p) {
        fs::path whole = fs::absolute(p, no_folder);
        return no_folder ? p : whole;
    };
    const fs::path root = whole_of(check.context().config_dir).lexically_normal();
    to.fence.never_in = secret_folders(root.string());
    if (given.is_absolute()) {
        to.csv = given.string();
        return;
    }
    const fs::path job = check.file().file.empty() ? root : whole_of(fs::path(check.file().file).parent_path());
    const fs::path whole = (job / given).lexically_normal();
    const fs::path inside = whole.lexically_relative(root);
    if (inside.empty() || *inside.begin() == "..")
        return check.error(r, "csv", codes::path_outside_config, "the path leaves the configuration folder",
                           "put the file below " + root.string() + ", or give an absolute path");
    to.csv = whole.string();
    to.fence.below = root.string();
}

/// The beginning of the file tells a slip before it costs a run; all of the bad rows are in `plan`.
void warn_of_bad_rows(checker& check, const yaml::reader& r, const recipient_settings& to, csv::csv_file& file)
{
    const auto at =
        static_cast<std::size_t>(std::ranges::find(file.columns(), to.form.column) - file.columns().begin());
    std::size_t rows = 0, bad = 0;
    std::string told;
    csv::row row;
    for (auto more = file.next(row); rows < rows_looked_at; more = file.next(row)) {
        if (!more)
            return check.error(r, "csv", codes::bad_csv, more.error().message);
        if (!*more)
            break;
        ++rows;
        const auto number = phone::parse(at < row.cells.size() ? row.cells[at] : std::string());
        if (!number && ++bad <= rows_told)
            append_joined(told, "; ", "line " + std::to_string(row.line) + ": " + number.error().message);
    }
    if (bad > 0)
        check.warning(r, "csv", codes::bad_rows,
                      std::to_string(bad) + " of the first " + std::to_string(rows) +
                          " rows have no usable number: " + told + (bad > rows_told ? " …" : ""),
                      "`ulakctl plan` lists all bad rows");
}

/// The columns of the file, or nothing where it is not there yet or is not to be looked at.
std::vector<std::string> columns_of(checker& check, const yaml::reader& r, const recipient_settings& to)
{
    if (check.context().for_stored_run)
        return {};
    auto file = csv::csv_file::open(to.csv, to.fence, to.form);
    if (!file) {
        const auto& e = file.error();
        if (e.code == errc::not_found)
            check.warning(r, "csv", codes::csv_missing, e.message, "the run fails if it is not there by then");
        else
            check.error(r, "csv", e.code == errc::forbidden ? codes::path_outside_config : codes::bad_csv, e.message);
        return {};
    }
    const auto& columns = file->columns();
    const std::string& wanted = to.form.column;
    if (std::find(columns.begin(), columns.end(), wanted) == columns.end()) {
        const auto near = nearest(wanted, columns);
        check.error(r, r.has("phone") ? "phone" : "csv", codes::bad_csv,
                    "the file has no column " + printable(wanted, 80) + "; it has " + file->describe(),
                    near ? "did you mean " + *near + "?" : std::string());
        return columns;
    }
    warn_of_bad_rows(check, r, to, *file);
    return columns;
}

/// The opt-out list is left out always, named or not; `sent-within TIME` is an option.
void read_exclude(checker& check, const yaml::reader& r, recipient_settings& to)
{
    constexpr std::string_view within = "sent-within";
    std::size_t at = 0;
    for (const std::string& entry : r.texts("exclude")) {
        const std::size_t index = at++;
        if (entry == "opt-out")
            continue;
        auto span = entry.starts_with(within) ? parse_duration(trim(std::string_view(entry).substr(within.size())))
                                              : result<std::chrono::milliseconds>(error(errc::invalid_argument, ""));
        if (span && *span > 0ms)
            to.sent_within = *span;
        else
            check.error_at(r, r.place_of_item("exclude", index), codes::bad_exclude,
                           "exclude knows opt-out and sent-within TIME, not " + printable(entry, 80),
                           "sent-within 24h");
    }
}

void read_separator(checker& check, const yaml::reader& r, recipient_settings& to)
{
    const std::string text = r.text("separator");
    if (text == "auto")
        return;
    if (text == "tab" || text == "\\t")
        to.form.separator = '\t';
    else if (text.size() == 1 && std::string_view(",;|\t:").find(text.front()) != std::string_view::npos)
        to.form.separator = text.front();
    else
        check.error(r, "separator", codes::bad_csv, printable(text, 40) + " is no separator that is known",
                    "write auto, tab, or one of \",\" \";\" \"|\"");
}

/// Numbers and templates of numbers; a template is checked again when a run renders it.
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

} // namespace

std::vector<std::string> read_recipients(checker& check, const yaml::reader& r, recipient_settings& to)
{
    to.form.column = r.text("phone");
    to.form.written = csv::parse_encoding(r.text("encoding")).value_or(csv::encoding::automatic);
    read_separator(check, r, to);
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

} // namespace ulak::kinds::sms
