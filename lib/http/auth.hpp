// The ways in which providers know their customer, and the hashes behind them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ulak::http {

/// "Basic …" for a user and a password as they are.
std::string basic_authorization(std::string_view user, std::string_view password);
std::string bearer_authorization(std::string_view token);

std::string md5_hex(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256_hex(std::string_view key, std::string_view message);
/// Of a text that might be guessed: slow (some 20 ms) and hungry (8 MiB), so that trying all guesses is dear.
std::string slow_hash_hex(std::string_view text, std::string_view salt, std::size_t digits);
std::string base64(std::string_view bytes);

} // namespace ulak::http
