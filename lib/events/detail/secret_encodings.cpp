#include "events/detail/secret_encodings.hpp"

#include "core/text.hpp"

namespace ulak::events {

std::string base64(std::string_view bytes, char c62, char c63)
{
    std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    digits += {c62, c63};
    std::string out;
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

std::vector<std::string> encodings_of(std::string_view secret)
{
    const auto digits = hex(secret);
    return {std::string(secret), digits, upper_ascii(digits), base64(secret, '+', '/'), base64(secret, '-', '_')};
}

} // namespace ulak::events
