namespace IotAttest.Agent
{
    /// <summary>What the agent does while a connection is open: one per freshness mode.</summary>
    internal interface ISession
    {
        /// <summary>The topic that challenges or markers come on.</summary>
        string QuestionTopic { get; }

        /// <summary>Serves until the connection is gone or brought nothing for too long (<see cref="LinkPatience"/>), or the agent stops; the topics are subscribed.</summary>
        /// <returns>True when the next connection need not wait long: a question came on this one, or it was given up while it was open.</returns>
        bool Serve(BrokerLink link, Inbox inbox);
    }
}
