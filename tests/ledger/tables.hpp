// A database in memory with the current schema, for tests of one table at a time.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/detail/effects_table.hpp"
#include "ledger/detail/runs_table.hpp"
#include "ledger/detail/schema.hpp"
#include "ledger/samples.hpp"

#include <string>

namespace ulak::tests {

struct tables_fixture {
    tables_fixture()
    {
        BOOST_REQUIRE(ulak::ledger::migrate(db));
        BOOST_REQUIRE(ulak::ledger::runs_table(db).create(a_run("R1")));
    }

    /// An effect of R1, moved through these states.
    void effect_at(const std::string& id, std::initializer_list<ulak::ledger::effect_state> states)
    {
        ulak::ledger::effects_table effects(db);
        BOOST_REQUIRE(effects.book(an_effect(id, "R1", "step/" + id)));
        for (const auto s : states)
            BOOST_REQUIRE(effects.move(moved(id, s, s == ulak::ledger::effect_state::accepted ? "ref-" + id : "")));
    }
    std::int64_t number(const char* sql) { return db.query_integer(sql).value().value_or(0); }
    std::string text(const char* sql) { return db.query_text(sql).value().value_or("(none)"); }

    ulak::ledger::database db = ulak::ledger::database::open(":memory:").value();
};

} // namespace ulak::tests
