namespace IotAttest.Cli.Bench.Veraison;

/// <summary>The requests of a user, in Veraison's order of tasks.</summary>
internal enum UserRequest
{
    /// <summary>Who the service is: the least it can be asked.</summary>
    WellKnown,

    /// <summary>A signed CoRIM.</summary>
    Provision,

    /// <summary>A challenge, for a new session there.</summary>
    Challenge,

    /// <summary>Evidence.</summary>
    Evidence,

    /// <summary>The signed result, which there comes with the answer to evidence. It stands where they delete the session, which does not exist here.</summary>
    Result,
}
