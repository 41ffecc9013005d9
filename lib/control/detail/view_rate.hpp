// How often those who only look may ask: they share the machine with what sends and buys.
#pragma once

#include "async/token_bucket.hpp"
#include "http/server.hpp"

#include <unordered_map>

namespace ulak::control {

/// Far above what dashboards and scripts need; each user has a share of its own, so that one cannot take all of it.
class view_rate {
  public:
    view_rate();

    /// False: too many came within the last seconds.
    bool admit(const http::peer& from, async::steady_point now);

  private:
    async::token_bucket all_;
    std::unordered_map<uid_t, async::token_bucket> by_user_{};
};

} // namespace ulak::control
