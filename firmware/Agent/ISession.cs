namespace IotAttest.Agent
{
    /// <summary>What the agent does while a connection is open: one per freshness mode.</summary>
    internal interface ISession
    {
        /// <summary>The topic that challenges or markers come on.</summary>
        string QuestionTopic { get; }

        /// <summary>Serves until the connection is gone or the agent stops; the topics are subscribed.</summary>
        /// <returns>True when at least one question came: the connection was of use.</returns>
        bool Serve(BrokerLink link, Inbox inbox);
    }
}
