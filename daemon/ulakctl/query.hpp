// From words of the command line to what the daemon takes.
#pragma once

#include "core/error.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ulak::ctl {

/// Percent-encoded, so that no name can leave its place in the path.
std::string path_segment(std::string_view name);

/// ?a=b&c=d
class query {
  public:
    void add(std::string_view name, std::string_view value);
    const std::string& text() const noexcept { return text_; }

  private:
    std::string text_;
};

/// NAME=VALUE words as an object of texts. errc::invalid_argument (status 400) for a word without "=" or a name given
/// twice.
result<boost::json::object> parse_params(const std::vector<std::string>& words);

} // namespace ulak::ctl
