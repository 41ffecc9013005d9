#include "http/resolver.hpp"

#include "http/client/caching_resolver.hpp"

namespace ulak::http {

std::shared_ptr<resolver> make_resolver(executor ex, async::clock& clock)
{
    return std::make_shared<caching_resolver>(ex, clock, system_lookup);
}

} // namespace ulak::http
