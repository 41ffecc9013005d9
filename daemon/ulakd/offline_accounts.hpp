// Accounts that the loader can check jobs against, built without a connection.
#pragma once

#include "async/system_clock.hpp"
#include "providers/account.hpp"
#include "ulakd/settings.hpp"

#include <boost/asio/io_context.hpp>

namespace ulak::daemon {

/// Owns the loop and the clock that the accounts are built on. Every call of theirs ends with errc::unsupported.
class offline_accounts {
  public:
    /// Accounts that cannot be built are left out and reported.
    offline_accounts(const settings& s, yaml::problems& found);

    const providers::accounts& all() const noexcept { return all_; }

  private:
    boost::asio::io_context loop_{1};
    async::system_clock clock_{loop_.get_executor()};
    providers::accounts all_{};
};

} // namespace ulak::daemon
