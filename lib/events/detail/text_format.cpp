#include "events/detail/formats.hpp"

#include "core/text.hpp"
#include "events/detail/fields.hpp"
#include "events/detail/message_ids.hpp"
#include "events/log_sink.hpp"

#include <boost/json/serialize.hpp>

#include <cstdint>

namespace ulak::events {
namespace {

constexpr std::size_t max_message_bytes = 4'096;    ///< of a message on a terminal
constexpr std::size_t max_field_name_bytes = 64; ///< journald drops longer ones
constexpr std::size_t time_of_day_at = 11, time_of_day_size = 12;
constexpr std::size_t level_width = 5;

std::string_view colour(level l) noexcept
{
    static constexpr std::array<std::string_view, 5> codes = {"\x1b[2m", "", "\x1b[1m", "\x1b[33m", "\x1b[31m"};
    return codes[static_cast<std::size_t>(l)];
}

std::string padded_level(level l)
{
    std::string text(name(l));
    text.resize(std::max(text.size(), level_width), ' ');
    return text;
}

std::string subject(const event& e)
{
    std::string out = e.job;
    if (!e.run.empty())
        out += (out.empty() ? "" : " ") + e.run;
    return printable(out, max_message_bytes);
}

} // namespace

std::string to_text(const event& e)
{
    auto line =
        rfc3339(e.time).substr(time_of_day_at, time_of_day_size) + ' ' + padded_level(e.severity) + ' ' + e.name;
    if (const auto about = subject(e); !about.empty())
        line += "  " + about;
    return line + "  " + printable(e.message, max_message_bytes);
}

std::string to_text_line(const event& e, bool coloured)
{
    const auto start = coloured ? colour(e.severity) : std::string_view();
    if (start.empty())
        return to_text(e) + '\n';
    return std::string(start) + to_text(e) + "\x1b[0m\n";
}

std::string to_json_line(const event& e)
{
    return boost::json::serialize(to_json(e)) + '\n';
}

namespace {

char priority(level l) noexcept
{
    static constexpr std::string_view syslog = "76543";
    return syslog[static_cast<std::size_t>(l)];
}

/// A value with line ends is preceded by its length in eight bytes, little-endian.
void add_field(std::string& out, std::string_view field, std::string_view value)
{
    out += field;
    if (value.find('\n') == std::string_view::npos) {
        out += '=';
    } else {
        out += '\n';
        for (std::uint64_t size = value.size(), i = 0; i < sizeof(size); ++i)
            out += static_cast<char>(size >> (8 * i) & 0xff);
    }
    out += value;
    out += '\n';
}

std::string field_name(std::string_view key)
{
    std::string out = "ULAK_";
    for (const char c : key) {
        const bool low = c >= 'a' && c <= 'z', high = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
        out += low ? static_cast<char>(c - 'a' + 'A') : high || digit ? c : '_';
    }
    return out.substr(0, max_field_name_bytes);
}

void add_own_fields(std::string& out, const event& e)
{
    for (const auto& field : e.data) {
        const auto key = std::string_view(field.key().data(), field.key().size());
        if (is_reserved(lower_ascii(key)))
            continue;
        const auto& v = field.value();
        const auto text = v.is_string() ? std::string(v.get_string()) : boost::json::serialize(v);
        add_field(out, field_name(key), text);
    }
}

} // namespace

std::string to_journal_record(const event& e)
{
    std::string out;
    add_field(out, "MESSAGE", e.message);
    add_field(out, "PRIORITY", std::string(1, priority(e.severity)));
    add_field(out, "SYSLOG_IDENTIFIER", "ulakd");
    if (const auto known = message_id(e.name); !known.empty())
        add_field(out, "MESSAGE_ID", known);
    add_field(out, "ULAK_EVENT", e.name);
    if (e.seq != 0)
        add_field(out, "ULAK_SEQ", std::to_string(e.seq));
    for (const auto& [key, text] : standard_fields(e))
        if (!text.empty())
            add_field(out, field_name(key), text);
    add_own_fields(out, e);
    return out;
}

} // namespace ulak::events
