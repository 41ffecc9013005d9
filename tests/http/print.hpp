// How this room's values print themselves when a test fails.
#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

#include <ostream>

namespace ulak {

inline std::ostream& operator<<(std::ostream& out, errc code)
{
    return out << name(code);
}

inline std::ostream& operator<<(std::ostream& out, reach how_far)
{
    return out << name(how_far);
}

namespace http {

inline std::ostream& operator<<(std::ostream& out, phase p)
{
    return out << name(p);
}

inline std::ostream& operator<<(std::ostream& out, close_reason c)
{
    return out << name(c);
}

} // namespace http
} // namespace ulak
