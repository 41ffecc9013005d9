// Bytes of one encoding as UTF-8, in pieces. Private to the module.
#pragma once

#include "core/error.hpp"

#include <iconv.h>

#include <string>
#include <string_view>

namespace ulak::csv {

/// The C library's iconv, which keeps what a piece ends in the middle of.
class converter {
  public:
    explicit converter(const char* from);
    ~converter();
    converter(const converter&) = delete;
    converter& operator=(const converter&) = delete;

    /// False where the bytes are not of that encoding; `out` then holds what comes before.
    bool convert(std::string_view bytes, std::string& out);
    /// Whether nothing is left over.
    bool finished() const noexcept { return rest_.empty(); }

  private:
    iconv_t handle_;
    std::string rest_{};
};

} // namespace ulak::csv
