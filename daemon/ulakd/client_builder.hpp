// Builds what talks to the outside: provider accounts and notification channels.
#pragma once

#include "engine/channel.hpp"
#include "http/client.hpp"
#include "http/resolver.hpp"
#include "providers/account.hpp"
#include "ulakd/settings.hpp"

#include <memory>
#include <set>
#include <string>

namespace ulak::daemon {

/// Used at the start and by every reload.
class client_builder {
  public:
    /// References outlive the builder and what it builds. `account_events` gets changes of the accounts' health.
    client_builder(executor ex, async::clock& clock, std::shared_ptr<http::resolver> resolver,
                   events::sink& account_events);

    /// All accounts of the settings. Those named in `kept` are taken over from `current` as they are, with their
    /// connections, rates and health. Errors name the account.
    result<std::shared_ptr<providers::accounts>> accounts(const settings& s, const providers::accounts& current,
                                                          const std::set<std::string>& kept) const;
    /// All channels of the settings. Errors name the channel.
    result<engine::channels> channels(const settings& s) const;

  private:
    result<std::unique_ptr<http::client>> client_for(const std::string& url, const std::string& ca_file,
                                                     int connections, bool private_addresses) const;
    result<std::shared_ptr<providers::account>> account(const providers::account_settings& s) const;
    result<engine::webhook> webhook(const channel_settings& s, const std::string& ca_file) const;

    executor executor_;
    async::clock& clock_;
    std::shared_ptr<http::resolver> resolver_;
    events::sink& account_events_;
};

} // namespace ulak::daemon
