// Problems of ulak.yaml without what may be a secret in the wrong place: the value of a key that is not known there, a
// token that was pasted where a name belongs, a line that cannot be read.
#pragma once

#include "yaml/problem.hpp"
#include "yaml/shape.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::daemon {

/// Whether a name that was written is more likely a secret: too long, or letters and digits mixed without a break.
bool looks_like_token(std::string_view name);

/// Shows of a file only what stands behind keys whose values are no secrets.
class settings_mask {
  public:
    /// All keys of the table and of its records are known; those of secrets are not shown.
    settings_mask(std::string_view file, const yaml::shape& table);

    /// The line with `*` for each letter that is not shown. Letters keep their columns.
    std::string line(std::string_view text) const;
    /// Replaces in text, hint and source line what is not shown.
    void apply(yaml::problem& p) const;

  private:
    std::set<std::string, std::less<>> shown_{};
    std::vector<std::string> hidden_{}; ///< what stands in the file and is not shown, the longest first
};

} // namespace ulak::daemon
