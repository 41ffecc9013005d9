#include "engine/detail/components.hpp"

namespace ulak::engine {

components::components(dependencies d)
    : shared(std::move(d)),
      factory(shared),
      runs(shared),
      held(shared),
      starter(shared, runs, factory),
      canceller(shared, runs, held),
      pauser(shared, runs),
      schedules(shared, runs, factory, canceller),
      files(shared, schedules),
      viewer(shared, runs, schedules),
      notices(shared, runs.active()),
      purges(shared, held),
      kind_work(shared)
{}

} // namespace ulak::engine
