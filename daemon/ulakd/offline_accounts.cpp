#include "ulakd/offline_accounts.hpp"

#include "http/client.hpp"
#include "providers/account_factory.hpp"
#include "ulakd/codes.hpp"

#include <memory>
#include <utility>

namespace ulak::daemon {

namespace {

class disconnected_client : public http::client {
  public:
    task<> send(const http::request&, const http::send_options&, std::optional<http::exchange>& out) override
    {
        out.emplace(error(errc::unsupported, "a check opens no connection"));
        co_return;
    }
};

} // namespace

offline_accounts::offline_accounts(const settings& s, yaml::problems& found)
{
    for (const providers::account_settings& one : s.accounts) {
        auto made = providers::make_account(one, std::make_unique<disconnected_client>(), loop_.get_executor(), clock_);
        if (made)
            all_.emplace(one.name, std::move(*made));
        else
            found.push_back({{s.file, 0, 0}, yaml::severity::error, code::account, made.error().message, {}, {}});
    }
}

} // namespace ulak::daemon
