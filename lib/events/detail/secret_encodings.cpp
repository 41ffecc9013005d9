#include "events/detail/secret_encodings.hpp"

#include "core/text.hpp"

#include <utility>

namespace ulak::events {

std::string base64(std::string_view bytes, char c62, char c63)
{
    std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    digits += {c62, c63};
    std::string out;
    out.reserve(bytes.size() * 4 / 3 + 2); // growing would leave pieces of a secret behind
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xffff;
        for (bits += 8; bits >= 6; bits -= 6)
            out += digits[held >> (bits - 6) & 63];
    }
    if (bits > 0)
        out += digits[held << (6 - bits) & 63];
    return out;
}

std::vector<secret> encodings_of(std::string_view text)
{
    std::vector<secret> all;
    all.push_back(secret::copy_of(text));
    auto digits = hex(text);
    all.emplace_back(upper_ascii(digits));
    all.emplace_back(std::move(digits));
    all.emplace_back(base64(text, '+', '/'));
    all.emplace_back(base64(text, '-', '_'));
    return all;
}

} // namespace ulak::events
