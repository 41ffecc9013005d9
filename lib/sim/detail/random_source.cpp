#include "sim/detail/random_source.hpp"

namespace ulak::sim {

std::string random_source::digits(int count)
{
    std::string out;
    for (int i = 0; i < count; ++i)
        out += static_cast<char>('0' + pick(10));
    return out;
}

} // namespace ulak::sim
