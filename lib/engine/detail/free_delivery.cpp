#include "engine/detail/free_delivery.hpp"

#include "engine/detail/program_notice.hpp"
#include "engine/detail/webhook_notice.hpp"

#include <boost/system/system_error.hpp>

#include <system_error>
#include <variant>

namespace ulak::engine {

task<attempt> deliver_without_cost(shared_state& shared, channel& to, const parsed_notice& notice)
{
    // What the machine lacks shows as an exception of the libraries below. No money hangs on it.
    std::string lacks;
    try {
        if (auto* hook = std::get_if<webhook>(&to.destination))
            co_return co_await deliver_to_webhook(shared, *hook, notice);
        co_return co_await deliver_to_program(shared, std::get<program>(to.destination), notice);
    } catch (const boost::system::system_error& e) {
        lacks = e.what();
    } catch (const std::system_error& e) {
        lacks = e.what();
    }
    co_return attempt(error(errc::unavailable, "the machine refuses: " + lacks), true);
}

} // namespace ulak::engine
