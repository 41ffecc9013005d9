#include "http/pool.hpp"

#include "http/client/connection_pool.hpp"

namespace ulak::http {
namespace {

class pooled_client final : public client {
  public:
    explicit pooled_client(std::shared_ptr<connection_pool> pool) : pool_(std::move(pool)) {}
    ~pooled_client() override { pool_->close(); }

    using client::send;
    task<> send(const request& r, const send_options& options, std::optional<exchange>& out) override
    {
        return connection_pool::send(pool_, r, options, out); // shares the pool, because the client may die first
    }

  private:
    std::shared_ptr<connection_pool> pool_;
};

} // namespace

result<std::unique_ptr<client>> make_client(executor ex, async::clock& clock, std::shared_ptr<resolver> names,
                                            client_settings settings)
{
    auto trusted = trust_store::load(settings.ca_file);
    if (!trusted)
        return trusted.error();
    auto pool =
        std::make_shared<connection_pool>(ex, clock, std::move(names), std::move(settings), std::move(*trusted));
    return std::unique_ptr<client>(std::make_unique<pooled_client>(std::move(pool)));
}

} // namespace ulak::http
