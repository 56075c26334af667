namespace IotAttest.Cli.Bench.Veraison;

/// <summary>What must be known before figures of the two are put beside each other.</summary>
internal static class VeraisonDifferences
{
    public static IReadOnlyList<string> Of(VeraisonPlan plan) =>
    [
        "Published: veraison/services, perf/reports/2025-02, without the later corim-store. The columns of both say how each behaves as load and store grow; they do not compare hardware, and no ratio between them is one of hardware.",
        "Machines. There: 3 provisioning and 3 verification instances (t2.micro), PostgreSQL (RDS db.t3.micro), Memcached for sessions, HTTPS over a network, load from another machine. Here: one verifier, "
            + $"{(plan.Postgres is null ? "SQLite" : "PostgreSQL")} (the growing store: SQLite), plain HTTP on loopback, load made on the same cores. Languages: Go there, C# here.",
        "Alike: users start at once, take one of three tasks at random with equal weights (well-known, provision, verify), wait for each answer and never think; a new store for each number of users; no warm-up.",
        "Published rates are read off plots. The scripts that draw them, as published, average over all kinds of requests and their sum; \"as their plots count\" does the same here. The totals that they print, "
            + "42,081 and 42,343 in 150 s, make 281 and 282 evidence a second. Which of the two the plateau of 415 to 435 is was not confirmed.",
        "Evidence. There: one token and one given nonce for all requests, nothing spent. Here: each evidence answers a challenge of its own and counts once, the verdict is durable before the answer; ES256, one board for each user.",
        "Session. There: new session, evidence, delete. Here: challenge, evidence, signed result; a challenge leaves nothing to delete, and their answer to evidence carries the result.",
        "CoRIM. There: one unsigned file again and again, each time stored anew under the same keys. Here: a signed build each time, because the same file again changes nothing.",
        "An entry there is an endorsement or a trust anchor, duplicates included. Here it is the digest of one component of a build, four to a build, all in the class that is verified, each build with a certificate; boards' keys are not counted. "
            + "The builds are written by the verifier's own statements in large transactions, not submitted one by one.",
    ];
}
