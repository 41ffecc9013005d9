// The last gate before a text leaves: knows the loaded secrets in all the forms in which they travel.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ulak::events {

/// Replaces every known secret (as it is, percent-, base64-, hex- and JSON-encoded; md5 password hashes and
/// "user:password" are given as secrets of their own) by "***". Secrets shorter than four bytes are not looked for.
class redactor {
  public:
    void add_secret(std::string_view secret);
    std::string redact(std::string_view text) const;
    bool contains_secret(std::string_view text) const;

  private:
    struct span {
        std::size_t first, last;
    };
    struct decoded_text; ///< a decoded text, and where each byte of it came from
    void add_form(std::string form);
    void find_in(std::string_view text, const decoded_text* decoded, std::vector<span>& found) const;
    std::vector<span> find_all(std::string_view text) const; ///< in order, apart from one another
    static std::string replace_spans(std::string_view text, const std::vector<span>& secrets);

    /// The longest form first; by its first four bytes, so that a text is walked once whatever the number of forms.
    std::bitset<256> first_bytes_{};
    std::unordered_map<std::uint32_t, std::vector<std::string>> forms_{};
};

/// The one that logs, errors and control answers pass.
redactor& process_redactor();

} // namespace ulak::events
