#include "http/form.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace ulak::http {
namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr auto unreserved = [] {
    std::array<bool, 256> letters{};
    for (char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"))
        letters[static_cast<unsigned char>(c)] = true;
    return letters;
}();

bool is_unreserved(char c)
{
    return unreserved[static_cast<unsigned char>(c)];
}

void append_escaped(std::string& out, char c)
{
    auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 15];
}

void append_form_text(std::string& out, std::string_view text)
{
    for (char c : text) {
        if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_')
            out += c;
        else if (c == ' ')
            out += '+';
        else
            append_escaped(out, c); // "~" too, as PHP and browsers do here
    }
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool occurs(const header_list& fields, std::string_view boundary)
{
    for (const auto& [key, value] : fields)
        if (key.find(boundary) != std::string::npos || value.find(boundary) != std::string::npos)
            return true;
    return false;
}

std::string fresh_boundary(const header_list& fields)
{
    std::random_device random;
    std::string boundary;
    do {
        boundary = "ulak-";
        for (int i = 0; i < 24; ++i)
            boundary += hex_digits[random() & 15];
    } while (occurs(fields, boundary));
    return boundary;
}

// As browsers do it (WHATWG): a field's name cannot end its quotes or its line.
std::string quoted_name(std::string_view field_name)
{
    std::string out;
    for (char c : field_name) {
        if (c == '"' || c == '\r' || c == '\n')
            append_escaped(out, c);
        else
            out += c;
    }
    return out;
}

} // namespace

void append_percent_encoded(std::string& out, std::string_view text)
{
    while (!text.empty()) {
        auto plain = static_cast<std::size_t>(std::ranges::find_if_not(text, is_unreserved) - text.begin());
        out.append(text.substr(0, plain));
        if (plain < text.size())
            append_escaped(out, text[plain++]);
        text.remove_prefix(plain);
    }
}

std::string percent_encode(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    append_percent_encoded(out, text);
    return out;
}

result<std::string> percent_decode(std::string_view text, bool plus_is_blank)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_blank) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            bool has_two = text.size() - i > 2;
            int high = has_two ? hex_value(text[i + 1]) : -1;
            int low = has_two ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return error(errc::invalid_argument, "a percent sign without two hexadecimal digits");
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::string form_encode(const header_list& fields)
{
    std::string out;
    for (const auto& [key, value] : fields) {
        if (!out.empty())
            out += '&';
        append_form_text(out, key);
        out += '=';
        append_form_text(out, value);
    }
    return out;
}

result<header_list> form_decode(std::string_view body)
{
    header_list out;
    while (!body.empty()) {
        auto end = body.find('&');
        auto field = body.substr(0, end);
        body.remove_prefix(end == body.npos ? body.size() : end + 1);
        if (field.empty())
            continue;
        auto equals = field.find('=');
        auto key = percent_decode(field.substr(0, equals), true);
        auto value = percent_decode(equals == field.npos ? std::string_view() : field.substr(equals + 1), true);
        if (!key || !value)
            return key ? value.error() : key.error();
        out.emplace_back(std::move(*key), std::move(*value));
    }
    return out;
}

multipart multipart_encode(const header_list& fields)
{
    multipart out;
    std::string boundary = fresh_boundary(fields);
    for (const auto& [key, value] : fields) {
        out.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted_name(key) + "\"\r\n\r\n";
        out.body += value;
        out.body += "\r\n";
    }
    out.body += "--" + boundary + "--\r\n";
    out.content_type = "multipart/form-data; boundary=" + boundary;
    return out;
}

} // namespace ulak::http
