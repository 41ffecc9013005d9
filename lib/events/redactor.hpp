// Replaces the loaded secrets in every text that leaves the process, in all the forms in which they travel.
#pragma once

#include "core/secret.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ulak::events {

struct decoded_text;

/// Replaces every known secret (as it is, percent-, base64-, hex- and JSON-encoded; md5 password hashes and
/// "user:password" are given as secrets of their own) by "***". Secrets shorter than four bytes are not looked for.
class redactor {
  public:
    /// Before the first text that may hold it; not callable while another thread redacts.
    void add_secret(std::string_view text);
    /// The text with "***" in place of every secret. Contains none afterwards, also where texts around one form
    /// another.
    std::string redact(std::string_view text) const;
    bool contains_secret(std::string_view text) const;

  private:
    struct span {
        std::size_t first, last;
    };
    void add_form(secret form);
    void find_in(std::string_view text, const decoded_text* decoded, std::vector<span>& found) const;
    std::vector<span> find_all(std::string_view text) const;  ///< in order, apart from one another
    static std::vector<span> merged(std::vector<span> found); ///< sorted, overlapping ones joined
    static std::string replace_spans(std::string_view text, const std::vector<span>& secrets);

    /// The longest form first; by its first four bytes, so that a text is walked once whatever the number of forms.
    std::bitset<256> first_bytes_{};
    std::unordered_map<std::uint32_t, std::vector<secret>> forms_{};
};

/// The redactor that logs, errors and control answers pass.
redactor& process_redactor();

} // namespace ulak::events
