#include "events/detail/journal_format.hpp"

#include "core/text.hpp"
#include "events/detail/fields.hpp"
#include "events/detail/message_ids.hpp"

#include <boost/json/serialize.hpp>

#include <cstdint>

namespace ulak::events {
namespace {

constexpr std::size_t max_field_name_bytes = 64; ///< journald drops longer ones

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
