// What one read of a stream brought.
#pragma once

#include <boost/system/error_code.hpp>

#include <cstddef>

namespace ulak::http {

using boost::system::error_code;

/// Bytes, or why there are none.
struct transfer {
    transfer(std::size_t bytes_, error_code ec_) : bytes(bytes_), ec(ec_) {}

    std::size_t bytes;
    error_code ec;
};

} // namespace ulak::http
