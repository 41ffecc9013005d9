// The last gate before a text leaves: knows the loaded secrets in all the forms in which they travel.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ulak::events {

/// Replaces every known secret (as it is, percent-, base64-, hex- and JSON-encoded; md5 password hashes are given as secrets of
/// their own) by "***". Secrets shorter than four bytes are not looked for.
class redactor {
  public:
    void learn(std::string_view secret);
    std::string clean(std::string_view text) const;
    bool holds_secret(std::string_view text) const;

  private:
    std::vector<std::string> forms_;
};

/// The one that logs, errors and control answers pass.
redactor& process_redactor();

} // namespace ulak::events
